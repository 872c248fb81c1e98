import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What the bindings (host_sdk/bindings/DmsInterface.java) leave to the host: texts that are lent and read, and what must stay. */
final class Dms {
  /** What C holds a pointer to must not be collected. Plugins call from threads of their own. */
  static final List<Object> keep = Collections.synchronizedList(new ArrayList<>());

  /** Borrowed for a call: lives as long as the Java object does, which holds the memory. */
  static DmsInterface.Str.ByValue lent(String text) {
    var made = new DmsInterface.Str.ByValue();
    lend(made, text);
    return made;
  }
  /** Into a text of a struct; lives as long as that. */
  static void lend(DmsInterface.Str into, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var memory = new Memory(Math.max(bytes.length, 1));
    memory.write(0, bytes, 0, bytes.length);
    into.ptr = memory;
    into.len = bytes.length;
  }
  static byte[] bytes(DmsInterface.Str borrowed) {
    return borrowed.len == 0 ? new byte[0] : borrowed.ptr.getByteArray(0, (int) borrowed.len);
  }
  static String text(DmsInterface.Str borrowed) {
    return new String(bytes(borrowed), StandardCharsets.UTF_8);
  }
  /** The struct as C sees it, for as long as the process lives. */
  static Pointer laid(Structure made) {
    made.write();
    keep.add(made);
    return made.getPointer();
  }

  /** A status that this version does not name is read as failed. */
  static String word(int status) {
    var words = DmsInterface.DMS_STATUS_WORDS;
    return status >= 0 && status < words.size() ? words.get(status) : "failed";
  }
  static DmsInterface.Error error() {
    var made = new DmsInterface.Error();
    made.struct_size = made.size();
    made.write();
    return made;
  }
  static String sentence(DmsInterface.Error error) {
    error.read();
    var end = 0;
    while (end < error.message.length && error.message[end] != 0) ++end;
    return new String(error.message, 0, end, StandardCharsets.UTF_8);
  }
  /** Into the error of the other side, where there is one with the room; returns the status. */
  static int say(Pointer error, int status, String sentence) {
    if (error == null || error.getInt(0) < DmsInterface.DMS_ERROR_SIZE_1_0) return status;
    var theirs = new DmsInterface.Error(error);
    theirs.code = status;
    Arrays.fill(theirs.message, (byte) 0);
    var bytes = sentence.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, theirs.message, 0, bytes.length); // sentences of ours, which are short
    theirs.write();
    return status;
  }

  private Dms() {}
}
