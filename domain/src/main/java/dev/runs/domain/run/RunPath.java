package dev.runs.domain.run;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in its tree: the ids from the root to the run itself. It never changes.
 *
 * <p>As bytes it is the concatenation of the 16-byte ids. UUIDv7 ids begin with a byte below 0x80,
 * so the subtree of {@code p} is exactly what lies, bytewise, in {@code p ≤ path < p‖0xFF}.
 *
 * @param ids from the root to the run; 1 to {@value #DEEPEST}
 */
public record RunPath(List<RunId> ids) implements Comparable<RunPath> {

  /** How deep a tree may be, the root counted as 1. */
  public static final int DEEPEST = 64;

  private static final int ID_BYTES = 16;

  public RunPath {
    ids = List.copyOf(ids);
    if (ids.isEmpty() || ids.size() > DEEPEST) {
      throw new IllegalArgumentException("a path has 1 to 64 ids, not " + ids.size());
    }
  }

  public static RunPath ofRoot(RunId root) {
    return new RunPath(List.of(root));
  }

  /**
   * @param bytes a multiple of 16 bytes, as {@link #toBytes()} gives them
   */
  public static RunPath ofBytes(byte[] bytes) {
    if (bytes.length % ID_BYTES != 0) {
      throw new IllegalArgumentException("a path of " + bytes.length + " bytes");
    }
    var buffer = ByteBuffer.wrap(bytes);
    var ids = new ArrayList<RunId>(bytes.length / ID_BYTES);
    while (buffer.hasRemaining()) {
      ids.add(new RunId(new UUID(buffer.getLong(), buffer.getLong())));
    }
    return new RunPath(ids);
  }

  /**
   * The path of a child of this run.
   *
   * @throws RunRejected.TooDeep when this run is as deep as a run may be
   */
  public RunPath child(RunId child) {
    if (depth() == DEEPEST) {
      throw new RunRejected.TooDeep(run());
    }
    var longer = new ArrayList<>(ids);
    longer.add(child);
    return new RunPath(longer);
  }

  public RunId run() {
    return ids.getLast();
  }

  public RunId root() {
    return ids.getFirst();
  }

  /** The run above; null at the root. */
  public @Nullable RunId parent() {
    return depth() == 1 ? null : ids.get(ids.size() - 2);
  }

  /**
   * The path of the run above.
   *
   * @throws IllegalStateException at the root
   */
  public RunPath parentPath() {
    if (depth() == 1) {
      throw new IllegalStateException("the root " + run() + " has no parent");
    }
    return new RunPath(ids.subList(0, ids.size() - 1));
  }

  public boolean isRoot() {
    return depth() == 1;
  }

  /** 1 for a root. */
  public int depth() {
    return ids.size();
  }

  /** Whether this run is that one or stands below it. */
  public boolean isWithin(RunPath other) {
    return depth() >= other.depth() && ids.get(other.depth() - 1).equals(other.run());
  }

  public byte[] toBytes() {
    return bytes(0);
  }

  /** The first bytes behind the subtree of this run. */
  public byte[] endOfSubtree() {
    var end = bytes(1);
    end[end.length - 1] = (byte) 0xFF;
    return end;
  }

  @Override
  public int compareTo(RunPath other) {
    for (var level = 0; level < Math.min(depth(), other.depth()); level++) {
      var order = ids.get(level).compareTo(other.ids.get(level));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(depth(), other.depth());
  }

  private byte[] bytes(int more) {
    var bytes = new byte[ids.size() * ID_BYTES + more];
    var buffer = ByteBuffer.wrap(bytes);
    for (var id : ids) {
      buffer.putLong(id.value().getMostSignificantBits());
      buffer.putLong(id.value().getLeastSignificantBits());
    }
    return bytes;
  }
}
