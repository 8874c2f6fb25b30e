package io.github.dotagent.resolver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemNamesTest {
  /** The texts are those of glibc, and of Windows, where the name is behind them or is all. */
  @ParameterizedTest
  @CsvSource({
    "db, db: Name or service not known, true",
    "service, service: Name or service not known, true",
    "name, name: Name or service not known, true",
    "db, db: Temporary failure in name resolution, false",
    "service, No such host is known (service), true",
    "host, No such host is known (host), true",
  })
  void aNameThatIsAWordOfTheMessageDoesNotHideIt(String asked, String message, boolean nothing) {
    UnknownHostException refused = new UnknownHostException(message);
    assertEquals(nothing, SystemNames.saysNothing(refused, asked));
  }
}
