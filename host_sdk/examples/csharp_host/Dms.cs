// The C interface (host_sdk/include/dms) as .NET sees it: structs and function types, nothing else. Every delegate that C
// holds a pointer to is kept alive by whoever made it.
using System;
using System.Runtime.InteropServices;
using System.Text;

static class Dms {
  public static readonly string[] Status = {"ok", "invalid", "not_found", "forbidden", "conflict", "refused",
    "unavailable", "cancelled", "unsupported", "too_large", "failed"};
  public const int Ok = 0, NotFound = 2, Failed = 10;
  // Sizes of interface 1.0: whoever checks a struct of the other side compares with these.
  public const uint EntrySize = 48, PluginSize = 56, ErrorSize = 520;
  const CallingConvention C = CallingConvention.Cdecl;

  [StructLayout(LayoutKind.Sequential)]
  public struct Str {
    public IntPtr ptr;
    public ulong len;

    public byte[] Bytes() {
      var bytes = new byte[len];
      if (len > 0) Marshal.Copy(ptr, bytes, 0, (int)len);
      return bytes;
    }
    public string Text() { return Encoding.UTF8.GetString(Bytes()); }
  }
  // In native memory, for as long as the process lives: a host for one day of a lead.
  public static Str Lend(string text) {
    var bytes = Encoding.UTF8.GetBytes(text);
    var lent = new Str {ptr = Marshal.AllocHGlobal(bytes.Length + 1), len = (ulong)bytes.Length};
    Marshal.Copy(bytes, 0, lent.ptr, bytes.Length);
    return lent;
  }

  [StructLayout(LayoutKind.Sequential)]
  public struct Call {
    public uint struct_size;
    public IntPtr context;
    public Str user, user_name, locale, correlation, channel, request;
    public long now_us;
    public IntPtr may, cancelled;
  }
  [StructLayout(LayoutKind.Sequential)]
  public struct Host {
    public uint struct_size, abi_major, abi_minor, reserved;
    public IntPtr context;
    public Str name, version;
    public IntPtr get_service;
  }

  [UnmanagedFunctionPointer(C)] public delegate IntPtr GetEntry();
  [UnmanagedFunctionPointer(C)] public delegate int Init(IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate void End();
  [UnmanagedFunctionPointer(C)] public delegate IntPtr Create(IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int InitPlugin(IntPtr plugin, IntPtr host, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Activate(IntPtr plugin, ref Call call, IntPtr progress, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate void Leave(IntPtr plugin);
  [UnmanagedFunctionPointer(C)] public delegate int Load(IntPtr context, ref Call call, Str parameters, IntPtr sink, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Act(IntPtr context, ref Call call, Str action, Str input, IntPtr sink, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Import(IntPtr context, ref Call call, IntPtr stream, Str name, IntPtr progress, IntPtr report, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int RunJob(IntPtr context, ref Call call, IntPtr line, IntPtr error);

  [UnmanagedFunctionPointer(C)] public delegate int Write(IntPtr context, Str bytes);
  [UnmanagedFunctionPointer(C)] public delegate long Read(IntPtr context, IntPtr buffer, ulong capacity);
  [UnmanagedFunctionPointer(C)] public delegate int May(IntPtr context, Str right);
  [UnmanagedFunctionPointer(C)] public delegate int Cancelled(IntPtr context);
  [UnmanagedFunctionPointer(C)] public delegate IntPtr GetService(IntPtr host, Str id);
  [UnmanagedFunctionPointer(C)] public delegate ulong Add(IntPtr context, IntPtr item, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate void Remove(IntPtr context, ulong handle);
  [UnmanagedFunctionPointer(C)] public delegate void Wake(IntPtr context, Str id);
  [UnmanagedFunctionPointer(C)] public delegate long Number(IntPtr context);
  [UnmanagedFunctionPointer(C)] public delegate int Tell(IntPtr context, IntPtr sink, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Ask(IntPtr context, Str what, IntPtr sink, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Make(IntPtr context, IntPtr call, Str key, Str document, IntPtr sink, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int Reassign(IntPtr context, IntPtr call, Str reference, Str user, IntPtr error);
  [UnmanagedFunctionPointer(C)] public delegate int EndAll(IntPtr context, IntPtr call, Str reference, IntPtr error);

  // The function whose pointer stands there in a struct.
  public static T At<T>(IntPtr from, int offset) where T : class {
    return (T)(object)Marshal.GetDelegateForFunctionPointer(Marshal.ReadIntPtr(from, offset), typeof(T));
  }
  // The dms_str that stands there in a struct.
  public static string TextAt(IntPtr from, int offset) {
    return ((Str)Marshal.PtrToStructure(IntPtr.Add(from, offset), typeof(Str))).Text();
  }
  public static IntPtr NewError() {
    var memory = Marshal.AllocHGlobal((int)ErrorSize);
    for (var at = 0; at < ErrorSize; ++at) Marshal.WriteByte(memory, at, 0);
    Marshal.WriteInt32(memory, (int)ErrorSize);
    return memory;
  }
  public static string Sentence(IntPtr error) {
    var length = 0;
    while (Marshal.ReadByte(error, 8 + length) != 0) ++length;
    var bytes = new byte[length];
    Marshal.Copy(IntPtr.Add(error, 8), bytes, 0, length);
    return Encoding.UTF8.GetString(bytes);
  }
}
