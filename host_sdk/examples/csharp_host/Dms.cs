// What the bindings (host_sdk/bindings/DmsInterface.cs) leave to the host: texts that are lent and read, structs that are
// laid out and read, and functions that C calls, which are kept alive here.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

static class Dms {
  static readonly List<Delegate> kept_ = new List<Delegate>();

  // What C may call for as long as the process lives. Plugins call from threads of their own.
  public static IntPtr Keep(Delegate function) {
    lock (kept_) kept_.Add(function);
    return Marshal.GetFunctionPointerForDelegate(function);
  }
  // The function that C gave.
  public static T At<T>(IntPtr function) where T : class {
    return (T)(object)Marshal.GetDelegateForFunctionPointer(function, typeof(T));
  }
  public static T Read<T>(IntPtr from) { return (T)Marshal.PtrToStructure(from, typeof(T)); }
  // In native memory, for as long as the process lives: a host for one day of a lead.
  public static IntPtr Laid<T>(T made) where T : struct {
    var memory = Marshal.AllocHGlobal(Marshal.SizeOf(typeof(T)));
    Marshal.StructureToPtr(made, memory, false);
    return memory;
  }
  public static DmsInterface.Str Lend(string text) {
    var bytes = Encoding.UTF8.GetBytes(text);
    var lent = new DmsInterface.Str {ptr = Marshal.AllocHGlobal(bytes.Length + 1), len = (ulong)bytes.Length};
    Marshal.Copy(bytes, 0, lent.ptr, bytes.Length);
    return lent;
  }
  public static byte[] Bytes(this DmsInterface.Str borrowed) {
    var bytes = new byte[borrowed.len];
    if (borrowed.len > 0) Marshal.Copy(borrowed.ptr, bytes, 0, (int)borrowed.len);
    return bytes;
  }
  public static string Text(this DmsInterface.Str borrowed) { return Encoding.UTF8.GetString(borrowed.Bytes()); }

  // A status that this version does not name is read as failed.
  public static string Word(int status) {
    var words = DmsInterface.DMS_STATUS_WORDS;
    return status >= 0 && status < words.Length ? words[status] : "failed";
  }
  public static IntPtr NewError() {
    return Laid(new DmsInterface.Error {struct_size = DmsInterface.DMS_ERROR_SIZE_1_0, message = new byte[512]});
  }
  public static string Sentence(IntPtr error) {
    var message = Read<DmsInterface.Error>(error).message;
    return Encoding.UTF8.GetString(message, 0, Array.IndexOf(message, (byte)0));
  }
  // Into the error of the other side, where there is one with the room; returns the status.
  public static int Say(IntPtr error, int status, string sentence) {
    if (error == IntPtr.Zero || (uint)Marshal.ReadInt32(error) < DmsInterface.DMS_ERROR_SIZE_1_0) return status;
    var theirs = Read<DmsInterface.Error>(error);
    theirs.code = status;
    Array.Clear(theirs.message, 0, theirs.message.Length);
    Encoding.UTF8.GetBytes(sentence).CopyTo(theirs.message, 0); // sentences of ours, which are short
    Marshal.StructureToPtr(theirs, error, false);
    return status;
  }
}
