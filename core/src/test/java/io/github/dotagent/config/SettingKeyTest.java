package io.github.dotagent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeyTest {
  @Test
  void spelledInThreeWays() {
    assertEquals("cache.maxNegativeTtl", SettingKey.CACHE_MAX_NEGATIVE_TTL.key());
    assertEquals("dotagent.cache.maxNegativeTtl", SettingKey.CACHE_MAX_NEGATIVE_TTL.propertyName());
    assertEquals(
        "DOTAGENT_CACHE_MAXNEGATIVETTL", SettingKey.CACHE_MAX_NEGATIVE_TTL.environmentName());
  }

  @Test
  void noVariableStandsForTwoKeys() {
    Set<String> names = new HashSet<>();
    for (SettingKey key : SettingKey.values()) {
      names.add(key.environmentName());
    }
    assertEquals(SettingKey.values().length, names.size());
  }

  @ParameterizedTest
  @EnumSource
  void foundInTheSpellingOfEachSource(SettingKey key) {
    assertSame(key, Setting.Origin.SYSTEM_PROPERTY.keyOf(key.propertyName()));
    assertSame(key, Setting.Origin.ENVIRONMENT.keyOf(key.environmentName()));
    assertSame(key, Setting.Origin.file("f", true).keyOf(key.propertyName()));
    assertSame(key, Setting.Origin.file("f", false).keyOf(key.key()));
    assertNull(Setting.Origin.SYSTEM_PROPERTY.keyOf(key.propertyName().toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @EnumSource
  void aKeyWithALetterTooManyIsRecognised(SettingKey key) {
    String[] keys = new String[SettingKey.values().length];
    for (SettingKey each : SettingKey.values()) {
      keys[each.ordinal()] = each.key();
    }
    assertEquals(key.ordinal(), NearestWord.indexOf(key.key() + "x", keys));
    assertEquals(key.ordinal(), NearestWord.indexOf(key.key().toUpperCase(Locale.ROOT), keys));
  }
}
