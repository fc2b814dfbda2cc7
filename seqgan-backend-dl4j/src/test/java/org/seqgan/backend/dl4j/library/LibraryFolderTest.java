package org.seqgan.backend.dl4j.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seqgan.api.UserException;

@DisplayName("Native libraries are loaded from a folder that this user alone can change")
class LibraryFolderTest {
  private static final String LIBRARY = "one.jar/linux/libone.so";
  private static final String LINK = "one.jar/linux/libone.so.1";

  private @TempDir Path root;
  private @Nullable String chosen;
  private final List<String> unpacked = new ArrayList<>();

  @BeforeEach
  void nobodyHasChosen() {
    chosen = System.getProperty(LibraryFolder.CHOSEN);
    System.clearProperty(LibraryFolder.CHOSEN);
    assumeTrue(
        root.getFileSystem().supportedFileAttributeViews().contains("unix"),
        "needs the modes of POSIX");
  }

  @AfterEach
  void asBefore() {
    if (chosen == null) {
      System.clearProperty(LibraryFolder.CHOSEN);
    } else {
      System.setProperty(LibraryFolder.CHOSEN, chosen);
    }
  }

  /** What is loaded, the way that JavaCPP does: a file of the right length and time is taken. */
  private String load() {
    return new LibraryFolder(root)
        .load(
            () -> {
              Path folder = Path.of(System.getProperty(LibraryFolder.CHOSEN));
              try {
                Path library = folder.resolve(LIBRARY);
                FileTime time = FileTime.fromMillis(1_000_000);
                if (!Files.exists(library) || !Files.getLastModifiedTime(library).equals(time)) {
                  Files.createDirectories(library.getParent());
                  Files.writeString(library, "good");
                  Files.setLastModifiedTime(library, time);
                  unpacked.add(LIBRARY);
                }
                Path link = folder.resolve(LINK);
                if (!Files.isSymbolicLink(link)) {
                  Files.createSymbolicLink(link, Path.of("libone.so"));
                }
                return Files.readString(library) + Files.readString(link);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  private Path folder() {
    return root.resolve("natives");
  }

  private void tamper() throws IOException {
    Path library = folder().resolve(LIBRARY);
    FileTime time = Files.getLastModifiedTime(library);
    Files.writeString(library, "evil");
    Files.setLastModifiedTime(library, time);
  }

  @Test
  void areUnpackedOnceForThisUserAlone() throws IOException {
    assertThat(load()).isEqualTo("goodgood");
    assertThat(load()).isEqualTo("goodgood");
    assertThat(unpacked).containsExactly(LIBRARY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileThatWasChangedIsReplaced() throws IOException {
    load();
    tamper();
    assertThat(load()).isEqualTo("goodgood");
    assertThat(unpacked).hasSize(2);
  }

  @Test
  void aFileThatNobodyCheckedIsReplaced() throws IOException {
    load();
    tamper();
    Files.delete(folder().resolve("checked"));
    assertThat(load()).isEqualTo("goodgood");
  }

  @Test
  void aLinkThatWasChangedIsReplaced() throws IOException {
    load();
    Path elsewhere = Files.writeString(root.resolve("elsewhere.so"), "evil");
    Files.delete(folder().resolve(LINK));
    Files.createSymbolicLink(folder().resolve(LINK), elsewhere);
    assertThat(load()).isEqualTo("goodgood");
  }

  @Test
  void aFileThatWasAddedIsDeleted() throws IOException {
    load();
    Path added = Files.writeString(folder().resolve("one.jar/linux/libgomp.so.1"), "evil");
    assertThat(load()).isEqualTo("goodgood");
    assertThat(added).doesNotExist();
  }

  /** As after a backup was played back. */
  @Test
  void aFileThatIsTheSameStays() throws IOException {
    load();
    Path library = folder().resolve(LIBRARY);
    FileTime time = Files.getLastModifiedTime(library);
    Path copy = Files.copy(library, root.resolve("copy"));
    Files.delete(library);
    Files.copy(copy, library);
    Files.setLastModifiedTime(library, time);
    assertThat(load()).isEqualTo("goodgood");
    assertThat(load()).isEqualTo("goodgood");
    assertThat(unpacked).hasSize(1);
  }

  @Test
  void aFolderThatOthersCanWriteToIsRefused() throws IOException {
    load();
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxr-x"));
    assertRefused("natives can be written to by other users; delete it, or name another folder");
  }

  @Test
  void aFolderThatOthersCanExchangeIsRefused() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused("where any user can exchange it; name another folder in SEQGAN_CACHE");
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Files.createSymbolicLink(folder(), Files.createDirectory(root.resolve("other")));
    assertRefused("natives is a symbolic link; delete it, or name another folder");
  }

  @Test
  void aFolderOfAnotherUserIsRefused() throws IOException {
    load();
    try {
      Files.setAttribute(folder(), "unix:uid", 12345);
    } catch (IOException e) {
      assumeTrue(false, "only root can give a folder away");
    }
    assertRefused("natives belongs to 12345, and the program runs as ");
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsSaid() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    assertThatThrownBy(() -> new LibraryFolder(file).load(() -> "loaded"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("native libraries cannot be unpacked into " + file)
        .hasMessageEndingWith("name another folder in SEQGAN_CACHE");
  }

  @Test
  void whoChoseAFolderOfJavaCppsHasChosen() throws IOException {
    System.setProperty(LibraryFolder.CHOSEN, root.resolve("chosen").toString());
    assertThat(load()).isEqualTo("goodgood");
    try (Stream<Path> all = Files.list(root)) {
      assertThat(all).containsExactly(root.resolve("chosen"));
    }
  }

  /** A process that starts makes a file to see whose it is, and deletes it, before it locks. */
  @Test
  void otherProcessesMayStartMeanwhile() throws Exception {
    load();
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                try {
                  PrivateFolder.open(root, "natives");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    try {
      for (int start = 0; start < 500; start++) {
        assertThat(load()).isEqualTo("goodgood");
      }
    } finally {
      enough.set(true);
      others.join();
    }
  }

  private void assertRefused(String words) {
    assertThatThrownBy(this::load)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("native libraries are loaded from a folder of this user's own; ")
        .hasMessageContaining(words);
    assertThat(unpacked.size()).isLessThan(2);
  }
}
