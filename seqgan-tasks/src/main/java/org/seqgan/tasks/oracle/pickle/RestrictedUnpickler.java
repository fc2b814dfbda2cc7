package org.seqgan.tasks.oracle.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.seqgan.api.UserException;
import org.seqgan.api.UserException.Kind;
import org.seqgan.api.task.Corpus;
import org.seqgan.tasks.oracle.pickle.PickleValue.Bool;
import org.seqgan.tasks.oracle.pickle.PickleValue.Bytes;
import org.seqgan.tasks.oracle.pickle.PickleValue.Dictionary;
import org.seqgan.tasks.oracle.pickle.PickleValue.Listing;
import org.seqgan.tasks.oracle.pickle.PickleValue.None;
import org.seqgan.tasks.oracle.pickle.PickleValue.Real;
import org.seqgan.tasks.oracle.pickle.PickleValue.Text;
import org.seqgan.tasks.oracle.pickle.PickleValue.Tuple;
import org.seqgan.tasks.oracle.pickle.PickleValue.Whole;

/**
 * Reads Python pickles (protocols 0 to 5, of Python 2 and 3, NumPy 1 and 2) that hold float32 or
 * float64 arrays, numbers and strings in lists, tuples and dictionaries, and nothing else.
 *
 * <p>A pickle is a program for a stack machine whose instructions may call any function by name.
 * Here the names that may be called are the {@linkplain NumpyFunction few} that rebuild an array;
 * any other is an error, and nothing is looked up, loaded or run. Memory is bounded by the size of
 * the file and {@link #MOST_INSTRUCTIONS}; no instruction recurses.
 *
 * <p>The instructions are those that the module {@code pickletools} of Python documents. One
 * instance reads one pickle.
 */
public final class RestrictedUnpickler {
  /** Far above what arrays need (about 30 each), far below what would fill the memory. */
  static final int MOST_INSTRUCTIONS = 1_000_000;

  private static final long LARGEST_FILE = 256L << 20;
  private static final int NEWEST_PROTOCOL = 5;
  private static final int LONGEST_NAME = 200;
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,19}");
  private static final Pattern FRACTION =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

  private final PickleInput input;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, PickleValue> memo = new HashMap<>();
  private long encodedBytes;

  private RestrictedUnpickler(byte[] pickle) {
    input = new PickleInput(pickle);
  }

  /**
   * Reads a file.
   *
   * @param published files by whose names and sizes a copy is known that is not whole
   * @throws UserException (data) if it is missing, malformed, truncated, too large, or asks for
   *     anything that is not an array, a number, a string or a collection of those
   */
  public static PickleValue read(Path file, Corpus published) {
    byte[] pickle = bytes(file);
    RestrictedUnpickler unpickler = new RestrictedUnpickler(pickle);
    try {
      return unpickler.run();
    } catch (PickleException e) {
      int place = unpickler.input.position();
      String message =
          SpoiledFile.reason(file, place)
              .map(reason -> "%s: %s; reading failed at byte %d".formatted(file, reason, place))
              .orElseGet(
                  () ->
                      "%s: %s (at byte %d)%s"
                          .formatted(
                              file,
                              e.getMessage(),
                              place,
                              ofAnotherSize(file, pickle.length, published)));
      throw new UserException(Kind.DATA, message, e);
    }
  }

  /** How long the file is that has this name in public, where this one is not. */
  private static String ofAnotherSize(Path file, int size, Corpus published) {
    return published.files().stream()
        .filter(known -> file.endsWith(known.name()) && known.bytes() != size)
        .findFirst()
        .map(
            known ->
                "; %s as published has %d bytes, this file %d: fetch it again"
                    .formatted(known.name(), known.bytes(), size))
        .orElse("");
  }

  private static byte[] bytes(Path file) {
    try {
      long size = Files.size(file);
      if (size > LARGEST_FILE) {
        throw new UserException(
            Kind.DATA,
            file
                + " has "
                + size
                + " bytes, a pickle may have "
                + LARGEST_FILE
                + "; write the arrays as safetensors instead");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UserException(Kind.DATA, file + " is missing: there is no such file", e);
    } catch (IOException e) {
      throw new UserException(Kind.DATA, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private PickleValue run() throws PickleException {
    for (int count = 0; count < MOST_INSTRUCTIONS; count++) {
      int opcode = input.unsignedByte();
      if (opcode == '.') {
        return result();
      }
      execute(opcode);
    }
    throw new PickleException(
        "the pickle has more than " + MOST_INSTRUCTIONS + " instructions; only arrays are read");
  }

  private PickleValue result() throws PickleException {
    if (stack.size() != 1 || !marks.isEmpty()) {
      throw new PickleException("the pickle leaves " + stack.size() + " values, expected 1");
    }
    if (input.remaining() != 0) {
      throw new PickleException(
          input.remaining() + " bytes follow the end of the pickle; expected a single pickle");
    }
    return stack.get(0);
  }

  /** Runs one instruction; the comments are the names that {@code pickletools} gives. */
  private void execute(int opcode) throws PickleException {
    switch (opcode) {
      case 0x80 -> checkProtocol(); // PROTO
      case 0x95 -> checkFrame(); // FRAME

      case 'N' -> push(None.NONE); // NONE
      case 0x88 -> push(new Bool(true)); // NEWTRUE
      case 0x89 -> push(new Bool(false)); // NEWFALSE
      case 'I' -> push(intLine(input.numberLine())); // INT
      case 'J' -> push(new Whole(input.signedInt())); // BININT
      case 'K' -> push(new Whole(input.unsignedByte())); // BININT1
      case 'M' -> push(new Whole(input.unsignedShort())); // BININT2
      case 'L' -> push(longLine(input.numberLine())); // LONG
      case 0x8a -> push(binaryLong(input.unsignedByte())); // LONG1
      case 0x8b -> push(binaryLong(input.signedInt())); // LONG4
      case 'F' -> push(floatLine(input.numberLine())); // FLOAT
      case 'G' -> push(new Real(input.bigEndianDouble())); // BINFLOAT

      case 'S' -> push(new Bytes(PickleStrings.literal(input.line()))); // STRING
      case 'T' -> push(new Bytes(input.take(input.signedInt()))); // BINSTRING
      case 'U', 'C' -> push(new Bytes(input.take(input.unsignedByte()))); // SHORT_BINSTRING/BYTES
      case 'B' -> push(new Bytes(input.take(input.unsignedInt()))); // BINBYTES
      case 0x8e, 0x96 -> push(new Bytes(input.take(input.signedLong()))); // BINBYTES8, BYTEARRAY8
      case 'V' -> push(new Text(PickleStrings.rawUnicodeEscape(input.line()))); // UNICODE
      case 'X' -> push(utf8(input.unsignedInt())); // BINUNICODE
      case 0x8c -> push(utf8(input.unsignedByte())); // SHORT_BINUNICODE
      case 0x8d -> push(utf8(input.signedLong())); // BINUNICODE8

      case '(' -> marks.add(stack.size()); // MARK
      case '0' -> discard(); // POP
      case '1' -> popToMark(); // POP_MARK
      case '2' -> push(peek()); // DUP

      case ')' -> push(new Tuple(List.of())); // EMPTY_TUPLE
      case 0x85, 0x86, 0x87 -> push(new Tuple(pop(opcode - 0x84))); // TUPLE1, TUPLE2, TUPLE3
      case 't' -> push(new Tuple(popToMark())); // TUPLE
      case ']' -> push(new Listing()); // EMPTY_LIST
      case 'l' -> push(list(popToMark())); // LIST
      case 'a' -> append(List.of(pop())); // APPEND
      case 'e' -> append(popToMark()); // APPENDS
      case '}' -> push(new Dictionary()); // EMPTY_DICT
      case 'd' -> push(dictionary(popToMark())); // DICT
      case 's' -> setItems(pop(2)); // SETITEM
      case 'u' -> setItems(popToMark()); // SETITEMS

      case 'p' -> memo.put(memoLine(), peek()); // PUT
      case 'q' -> memo.put((long) input.unsignedByte(), peek()); // BINPUT
      case 'r' -> memo.put(input.unsignedInt(), peek()); // LONG_BINPUT
      case 0x94 -> memo.put((long) memo.size(), peek()); // MEMOIZE
      case 'g' -> push(remembered(memoLine())); // GET
      case 'h' -> push(remembered(input.unsignedByte())); // BINGET
      case 'j' -> push(remembered(input.unsignedInt())); // LONG_BINGET

      case 'c' -> push(function(nameLine(), nameLine())); // GLOBAL
      case 0x93 -> pushStackGlobal(); // STACK_GLOBAL
      case 'R' -> call(); // REDUCE
      case 'b' -> build(); // BUILD
      case 'i' -> throw refusal(nameLine() + "." + nameLine()); // INST
      case 'o' -> throw refusal(firstAfterMark()); // OBJ
      case 0x81 -> throw refusal(pop(2).get(0).describe()); // NEWOBJ
      case 0x92 -> throw refusal(pop(3).get(0).describe()); // NEWOBJ_EX
      case 'P', 'Q', 0x82, 0x83, 0x84 -> // PERSID, BINPERSID, EXT1, EXT2, EXT4
          throw new PickleException("this pickle refers to an object outside of it");
      case 0x97, 0x98 -> // NEXT_BUFFER, READONLY_BUFFER
          throw new PickleException("this pickle keeps its data in a buffer outside of it");
      case 0x8f, 0x90, 0x91 -> // EMPTY_SET, ADDITEMS, FROZENSET
          throw new PickleException("this pickle holds a set; only arrays are read");
      default ->
          throw new PickleException(
              "byte 0x%02x is no instruction of a pickle; is the file a pickle?".formatted(opcode));
    }
  }

  private void checkProtocol() throws PickleException {
    int protocol = input.unsignedByte();
    if (protocol > NEWEST_PROTOCOL) {
      throw new PickleException(
          "the pickle has protocol " + protocol + ", the newest that is read is 5");
    }
  }

  /** A frame tells how many bytes may be read at once; nothing depends on it here. */
  private void checkFrame() throws PickleException {
    long length = input.signedLong();
    if (length < 0 || length > input.remaining()) {
      throw new PickleException(
          "the pickle ends too early: a frame of "
              + Long.toUnsignedString(length)
              + " bytes, "
              + input.remaining()
              + " are left; is the file complete?");
    }
  }

  private static PickleValue intLine(String line) throws PickleException {
    return switch (line) {
      case "00" -> new Bool(false);
      case "01" -> new Bool(true);
      default -> new Whole(whole(line));
    };
  }

  private static PickleValue longLine(String line) throws PickleException {
    return new Whole(whole(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
  }

  private static long whole(String digits) throws PickleException {
    if (!DECIMAL.matcher(digits).matches()) {
      throw new PickleException("'" + PickleException.shown(digits) + "' is no number of 64 bits");
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw new PickleException("the number " + digits + " does not fit into 64 bits");
    }
  }

  private PickleValue binaryLong(int length) throws PickleException {
    if (length < 0 || length > Long.BYTES) {
      throw new PickleException("a number of " + length + " bytes does not fit into 64 bits");
    }
    ByteBuffer bytes = input.take(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes.get(i) & 0xFFL) << (Byte.SIZE * i);
    }
    int unused = Long.SIZE - Byte.SIZE * length;
    return new Whole(length == 0 ? 0 : value << unused >> unused);
  }

  private static PickleValue floatLine(String line) throws PickleException {
    return switch (line) {
      case "inf" -> new Real(Double.POSITIVE_INFINITY);
      case "-inf" -> new Real(Double.NEGATIVE_INFINITY);
      case "nan", "-nan" -> new Real(Double.NaN);
      default -> {
        if (!FRACTION.matcher(line).matches()) {
          throw new PickleException("'" + PickleException.shown(line) + "' is no number");
        }
        yield new Real(Double.parseDouble(line));
      }
    };
  }

  private PickleValue utf8(long length) throws PickleException {
    return new Text(PickleStrings.utf8(input.take(length)));
  }

  private String nameLine() throws PickleException {
    return StandardCharsets.ISO_8859_1.decode(input.line()).toString();
  }

  private long memoLine() throws PickleException {
    return whole(input.numberLine());
  }

  private PickleValue remembered(long index) throws PickleException {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw new PickleException(
          "the pickle refers to value " + index + ", which it has not stored");
    }
    return value;
  }

  private void push(PickleValue value) {
    stack.add(value);
  }

  /** The first place of the stack that is above the last mark. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
  }

  private PickleValue peek() throws PickleException {
    if (stack.size() <= floor()) {
      throw new PickleException("an instruction needs a value that is not there");
    }
    return stack.get(stack.size() - 1);
  }

  private PickleValue pop() throws PickleException {
    PickleValue top = peek();
    stack.remove(stack.size() - 1);
    return top;
  }

  /** The last {@code count} values, in the order in which they were pushed. */
  private List<PickleValue> pop(int count) throws PickleException {
    if (stack.size() - floor() < count) {
      throw new PickleException("an instruction needs " + count + " values that are not there");
    }
    return cut(stack.size() - count);
  }

  private List<PickleValue> popToMark() throws PickleException {
    if (marks.isEmpty()) {
      throw new PickleException("an instruction needs a mark that is not there");
    }
    return cut(marks.remove(marks.size() - 1));
  }

  private List<PickleValue> cut(int from) {
    List<PickleValue> tail = stack.subList(from, stack.size());
    List<PickleValue> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  /** In Python, POP right after MARK takes the mark away. */
  private void discard() throws PickleException {
    if (!marks.isEmpty() && floor() == stack.size()) {
      marks.remove(marks.size() - 1);
    } else {
      pop();
    }
  }

  private static Listing list(List<PickleValue> items) {
    Listing list = new Listing();
    list.items().addAll(items);
    return list;
  }

  private void append(List<PickleValue> items) throws PickleException {
    if (!(peek() instanceof Listing list)) {
      throw new PickleException("the pickle appends to " + peek().describe());
    }
    list.items().addAll(items);
  }

  private static Dictionary dictionary(List<PickleValue> keysAndValues) throws PickleException {
    Dictionary dictionary = new Dictionary();
    putAll(dictionary, keysAndValues);
    return dictionary;
  }

  private void setItems(List<PickleValue> keysAndValues) throws PickleException {
    if (!(peek() instanceof Dictionary dictionary)) {
      throw new PickleException("the pickle sets an item of " + peek().describe());
    }
    putAll(dictionary, keysAndValues);
  }

  private static void putAll(Dictionary dictionary, List<PickleValue> keysAndValues)
      throws PickleException {
    if (keysAndValues.size() % 2 != 0) {
      throw new PickleException("a dictionary has a key without a value");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      String key =
          PickleValue.shortText(keysAndValues.get(i), LONGEST_NAME, "a key of a dictionary");
      dictionary.items().put(key, keysAndValues.get(i + 1));
    }
  }

  private void pushStackGlobal() throws PickleException {
    List<PickleValue> names = pop(2);
    push(
        function(
            PickleValue.shortText(names.get(0), LONGEST_NAME, "the name of a module"),
            PickleValue.shortText(names.get(1), LONGEST_NAME, "the name of a function")));
  }

  private static NumpyFunction function(String module, String name) throws PickleException {
    String whole = module + "." + name;
    return NumpyFunction.named(whole).orElseThrow(() -> refusal(whole));
  }

  private static PickleException refusal(String name) {
    return new PickleException(
        "this pickle asks to call "
            + PickleException.shown(name)
            + "; only NumPy arrays are read, so nothing was called;"
            + " if you trust the file, write its arrays as safetensors with Python");
  }

  private String firstAfterMark() throws PickleException {
    List<PickleValue> values = popToMark();
    return values.isEmpty() ? "nothing" : values.get(0).describe();
  }

  private void call() throws PickleException {
    List<PickleValue> operands = pop(2);
    PickleValue function = operands.get(0);
    if (!(operands.get(1) instanceof Tuple tuple)) {
      throw new PickleException("the arguments of a call are " + operands.get(1).describe());
    }
    if (!(function instanceof NumpyFunction known)) {
      throw refusal(function.describe());
    }
    List<PickleValue> arguments = tuple.items();
    push(
        switch (known) {
          case RECONSTRUCT -> PickledArray.reconstruct(arguments);
          case FROM_BUFFER -> PickledArray.fromBuffer(arguments);
          case DTYPE -> PickledDtype.call(arguments);
          case ENCODE -> encode(arguments);
          case BYTES -> noBytes(arguments);
          case NDARRAY -> throw refusal(known.describe());
        });
  }

  /** {@code _codecs.encode(text, 'latin1')}. */
  private Bytes encode(List<PickleValue> arguments) throws PickleException {
    if (arguments.size() != 2
        || !(arguments.get(0) instanceof Text text)
        || !(arguments.get(1) instanceof Text encoding)
        || !encoding.value().equals("latin1")) {
      throw new PickleException("_codecs.encode is called for something that is not Latin-1 text");
    }
    // A text can be encoded again and again: without this a small file could fill the memory.
    encodedBytes += text.value().length();
    if (encodedBytes > input.size()) {
      throw new PickleException("the pickle asks to encode more text than it has");
    }
    if (text.value().chars().anyMatch(c -> c > 0xFF)) {
      throw new PickleException("the data of an array hold a character that is not Latin-1");
    }
    return new Bytes(ByteBuffer.wrap(text.value().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Bytes noBytes(List<PickleValue> arguments) throws PickleException {
    if (!arguments.isEmpty()) {
      throw new PickleException("bytes is called with arguments");
    }
    return new Bytes(ByteBuffer.allocate(0));
  }

  private void build() throws PickleException {
    PickleValue state = pop();
    PickleValue target = peek();
    if (target instanceof PickledArray array) {
      array.setState(state);
    } else if (target instanceof PickledDtype dtype) {
      dtype.setState(state);
    } else {
      throw new PickleException("this pickle asks to set the state of " + target.describe());
    }
  }
}
