package io.github.dotagent.it.harness.dnssec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A zone as it is to be signed with BIND's tools, and what is done to it afterwards. */
final class SignedZone {
  final String name; // absolute, with the dot at its end
  String algorithm = "ECDSAP256SHA256";
  final List<String> records = new ArrayList<>();
  final List<String> signing = new ArrayList<>(); // options of dnssec-signzone
  final List<UnaryOperator<List<String>>> edits = new ArrayList<>();
  UnaryOperator<String> delegation = ds -> ds; // the DS as the zone above has it; "" for none
  List<String> digests = List.of("SHA-256");
  String otherAlgorithm; // of a second key, whose signatures are taken away; null for none
  boolean signed = true;

  SignedZone(String name) {
    this.name = name;
    records.add("@ 300 IN SOA ns.%1$s host.%1$s 1 7200 3600 1209600 300".formatted(below("")));
    records.add("@ 300 IN NS ns");
    records.add("ns 300 IN A 127.0.0.1");
    records.add("www 300 IN A 192.0.2.1");
    records.add("both 300 IN A 192.0.2.2");
    records.add("both 300 IN AAAA 2001:db8::2");
  }

  private String below(String prefix) {
    return prefix + (name.equals(".") ? "" : name);
  }

  /** {@code NAME TTL IN TYPE DATA}, relative to the zone. */
  SignedZone has(String... more) {
    records.addAll(List.of(more));
    return this;
  }

  SignedZone by(String mnemonic) {
    algorithm = mnemonic;
    return this;
  }

  /** {@code -3 -}, for NSEC3 without salt, and the like. */
  SignedZone with(String... options) {
    signing.addAll(List.of(options));
    return this;
  }

  /** No keys, no signatures and no DS. */
  SignedZone unsigned() {
    signed = false;
    return this;
  }

  /** Lines of the signed zone: an owner, a TTL, IN, a type, and the data. */
  SignedZone edited(UnaryOperator<List<String>> edit) {
    edits.add(edit);
    return this;
  }

  /** All of them but those that match, on which a regular expression is found. */
  SignedZone without(String expression) {
    var pattern = java.util.regex.Pattern.compile(expression);
    return edited(
        lines -> {
          var left = lines.stream().filter(line -> !pattern.matcher(line).find()).toList();
          if (left.size() == lines.size()) {
            throw new IllegalStateException(name + " has nothing like " + expression);
          }
          return left;
        });
  }

  /** Each occurrence of a regular expression becomes something else. */
  SignedZone replaced(String expression, String by) {
    return edited(
        lines -> {
          var changed = lines.stream().map(line -> line.replaceAll(expression, by)).toList();
          if (changed.equals(lines)) {
            throw new IllegalStateException(name + " has nothing like " + expression);
          }
          return changed;
        });
  }

  SignedZone delegated(UnaryOperator<String> ds) {
    delegation = ds;
    return this;
  }

  SignedZone digests(String... names) {
    digests = List.of(names);
    return this;
  }

  SignedZone alsoBy(String mnemonic) {
    otherAlgorithm = mnemonic;
    return this;
  }
}
