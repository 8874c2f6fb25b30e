package io.github.dotagent.agent.cli.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** HotSpot's attach protocol, octet by octet. */
class JreChannelTest {
  @Test
  void aRequestAlwaysHasThreeArguments() {
    assertEquals("1\0properties\0\0\0\0", request("properties"));
    assertEquals("1\0jcmd\0one\0\0\0", request("jcmd", "one"));
    assertEquals(
        "1\0load\0instrument\0false\0/a.jar=/b\0",
        request("load", "instrument", "false", "/a.jar=/b"));
  }

  @Test
  void theAnswerFollowsReturnCode0() throws IOException {
    assertEquals("a=b\nc=d\n", answer("0\na=b\nc=d\n"));
    assertEquals("", answer("0\n"));
    assertEquals("return code: 0\n", answer("0\nreturn code: 0\n"));
  }

  @Test
  void anotherReturnCodeIsARefusal() {
    assertEquals(
        "Dynamic agent loading is not enabled.",
        refusal("-1\nDynamic agent loading is not enabled.\n"));
    assertEquals("it answers 101", refusal("101\n"));
    assertEquals("it answers ", refusal(""));
  }

  /** Newer ones have the classes, and a library that does not know these. */
  @Test
  void isNotPossibleOnNewerJavas() {
    assertFalse(JvmSocket.isPossible());
  }

  private static String request(String command, String... arguments) {
    return new String(JreChannel.request(command, arguments), StandardCharsets.UTF_8);
  }

  private static String answer(String text) throws IOException {
    return JreChannel.answer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String refusal(String text) {
    return assertThrows(IOException.class, () -> answer(text)).getMessage();
  }
}
