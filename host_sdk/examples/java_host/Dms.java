import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The C interface (host_sdk/include/dms) as JNA sees it: structs and function types, nothing else. */
final class Dms {
  static final String[] STATUS = {"ok", "invalid", "not_found", "forbidden", "conflict", "refused", "unavailable",
      "cancelled", "unsupported", "too_large", "failed"};
  static final int OK = 0, NOT_FOUND = 2, FAILED = 10;
  /** Sizes of interface 1.0: whoever checks a struct of the other side compares with these. */
  static final int ENTRY_SIZE_1_0 = 48, PLUGIN_SIZE_1_0 = 56, ERROR_SIZE = 520;
  /** What C holds a pointer to must not be collected. */
  static final List<Object> keep = new ArrayList<>();

  @FieldOrder({"ptr", "len"})
  public static class Str extends Structure {
    public Pointer ptr;
    public long len;

    public static class ByValue extends Str implements Structure.ByValue {}

    /** Borrowed for a call: lives as long as the Java object does. */
    static Str.ByValue of(String text) {
      return fill(new Str.ByValue(), text);
    }
    static Str kept(String text) {
      return fill(new Str(), text);
    }
    private static <T extends Str> T fill(T into, String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      into.len = bytes.length;
      if (bytes.length > 0) {
        var memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        into.ptr = memory;
        keep.add(memory);
      }
      return into;
    }
    byte[] bytes() {
      return len == 0 ? new byte[0] : ptr.getByteArray(0, (int) len);
    }
    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }

  interface Write extends Callback { int call(Pointer context, Str.ByValue bytes); }
  interface Read extends Callback { long call(Pointer context, Pointer buffer, long capacity); }
  interface May extends Callback { int call(Pointer context, Str.ByValue right); }
  interface Cancelled extends Callback { int call(Pointer context); }
  interface GetService extends Callback { Pointer call(Pointer host, Str.ByValue id); }
  interface Add extends Callback { long call(Pointer context, Pointer item, Pointer error); }
  interface Remove extends Callback { void call(Pointer context, long handle); }
  interface Wake extends Callback { void call(Pointer context, Str.ByValue id); }
  interface Number extends Callback { long call(Pointer context); }
  interface Tell extends Callback { int call(Pointer context, Pointer sink, Pointer error); }
  interface Ask extends Callback { int call(Pointer context, Str.ByValue what, Pointer sink, Pointer error); }
  interface Make extends Callback {
    int call(Pointer context, Pointer call, Str.ByValue key, Str.ByValue document, Pointer sink, Pointer error);
  }
  interface Change extends Callback {
    int call(Pointer context, Pointer call, Str.ByValue reference, Str.ByValue user, Pointer error);
  }
  interface End extends Callback { int call(Pointer context, Pointer call, Str.ByValue reference, Pointer error); }

  @FieldOrder({"context", "write"})
  public static class Sink extends Structure {
    public Pointer context;
    public Write write;
  }
  @FieldOrder({"context", "read"})
  public static class Stream extends Structure {
    public Pointer context;
    public Read read;
  }
  @FieldOrder({"struct_size", "context", "user", "user_name", "locale", "correlation", "channel", "request", "now_us",
      "may", "cancelled"})
  public static class Call extends Structure {
    public int struct_size;
    public Pointer context;
    public Str user, user_name, locale, correlation, channel, request;
    public long now_us;
    public May may;
    public Cancelled cancelled;
  }
  @FieldOrder({"struct_size", "major", "minor", "reserved", "context", "name", "version", "get_service"})
  public static class Host extends Structure {
    public int struct_size, major, minor, reserved;
    public Pointer context;
    public Str name, version;
    public GetService get_service;
  }

  /** A table of functions: its context, which is null here, then one pointer each. */
  static Pointer table(Callback... functions) {
    var memory = new Memory(8L * (functions.length + 1));
    memory.clear();
    for (int at = 0; at < functions.length; ++at) {
      memory.setPointer(8L * (at + 1), com.sun.jna.CallbackReference.getFunctionPointer(functions[at]));
      keep.add(functions[at]);
    }
    keep.add(memory);
    return memory;
  }
  /** The function whose pointer stands there in a struct. */
  static Function at(Pointer struct, int offset) {
    return Function.getFunction(struct.getPointer(offset));
  }
  /** The dms_str that stands there in a struct. */
  static String text(Pointer struct, int offset) {
    var length = (int) struct.getLong(offset + 8L);
    return length == 0 ? "" : new String(struct.getPointer(offset).getByteArray(0, length), StandardCharsets.UTF_8);
  }
  static Memory error() {
    var memory = new Memory(ERROR_SIZE);
    memory.clear();
    memory.setInt(0, ERROR_SIZE);
    return memory;
  }

  private Dms() {}
}
