package io.github.dotagent.dnssec;

import java.util.ListResourceBundle;

/**
 * The words for the reasons that dnsjava's validator gives. Its own are in a file that the jar does
 * not have, and its search would use the program's locale and loaders. {0} and {1} are names,
 * types, or another of these reasons.
 */
final class ReasonTexts extends ListResourceBundle {
  /** Not a failure: RFC 9276 §3.2, a proof with too many iterations is no proof. */
  static final String NSEC3_IGNORED =
      "NSEC3 records with too many iterations or of an unknown hash";

  /** A zone is insecure then; but the second way to judge knows one digest less. */
  static final String NO_DIGEST = "no DS of the zone has a known digest";

  @Override
  protected Object[][] getContents() {
    return new Object[][] {
      {"failed.nsec3_ignored", NSEC3_IGNORED},
      {"failed.answer.positive", "no signature of the answer is valid"},
      {"failed.answer.cname_nodata", "no signature of an alias is valid"},
      {"failed.nxdomain.cname_nxdomain", "no signature of an alias is valid"},
      {"failed.authority.positive", "no record that must prove the answer has a valid signature"},
      {"failed.authority.nodata", "no record that must prove it has a valid signature"},
      {"failed.nxdomain.authority", "no record that must prove it has a valid signature"},
      {"failed.nodata", "there is no proof that no record of this type exists"},
      {"failed.nxdomain.exists", "there is no proof that {0} does not exist"},
      {"failed.nxdomain.haswildcard", "there is no proof that no wildcard exists"},
      {"failed.nxdomain.nsec3_bogus", "NSEC3 does not prove that the name does not exist"},
      {"failed.nxdomain.nsec3_insecure", "the name may exist unsigned (opt-out)"},
      {
        "failed.positive.wildcard_too_broad",
        "made from a wildcard, and there is no proof that the name itself does not exist"
      },
      {"failed.positive.wildcardgeneration", "made from a wildcard that is too long"},
      {"failed.synthesize.multiple", "an alias from a DNAME has several targets"},
      {"failed.synthesize.nomatch", "the alias to {0} is not the one of the DNAME, {1}"},
      {"failed.synthesize.toolong", "the alias of a DNAME is too long"},
      {"failed.dname.wildcard", "the DNAME of {0} is made from a wildcard"},
      {"failed.wildcard.label_count_mismatch", "the signatures of {0} differ in their labels"},
      {"failed.nsec3.none", "NSEC3 records are missing"},
      {"failed.nsec3.not_found", "no NSEC3 record matches"},
      {"failed.nsec3.type_exists", "NSEC3 says that the record exists"},
      {"failed.nsec3.type_exists_wc", "NSEC3 says that the wildcard has the record"},
      {"failed.nsec3.cname_exists", "NSEC3 says that there is an alias"},
      {"failed.nsec3.cname_exists_wc", "NSEC3 says that the wildcard is an alias"},
      {"failed.nsec3.wc_soa", "NSEC3 of a wildcard has a SOA"},
      {"failed.nsec3.apex_abuse", "the NSEC3 record is of the zone below"},
      {"failed.nsec3.delegation", "the NSEC3 record is of the zone above"},
      {"failed.nsec3.delegation_wc", "NSEC3 says that the wildcard is a delegation"},
      {"failed.nsec3.no_next", "NSEC3 does not cover the next closer name"},
      {"failed.nsec3.not_optout", "NSEC3 has no opt-out"},
      {"failed.nsec3.qname_ce", "NSEC3 proves no closest encloser"},
      {"failed.nsec3.hash_errors", "no NSEC3 hash could be computed"},
      {"failed.nsec3.wc.hash_errors", "no NSEC3 hash of the wildcard could be computed"},
      {"failed.ds", "the DS records of the zone are not validly signed"},
      {"failed.ds.cname", "an alias stands in the place of the DS records"},
      {"failed.ds.nsec", "NSEC for the missing DS: {0}"},
      {"failed.ds.nsec.hasdata", "NSEC does not prove that there is no DS"},
      {"failed.ds.nonsec", "there is no proof that {0} has no DS"},
      {"failed.ds.nodelegation", "NSEC says that this is no delegation"},
      {"failed.ds.nowildcardproof", "NSEC of a wildcard does not prove that there is no DS"},
      {"failed.ds.nsec.ent", "NSEC for the missing DS is not validly signed"},
      {"failed.ds.nonconclusive", "NSEC proves neither a DS nor that there is none"},
      {"failed.ds.nsec3", "NSEC3 does not prove that there is no DS"},
      {"unknown.ds.nsec3", "there is no proof that no DS exists"},
      {"failed.ds.unknown", "there is no proof that no DS exists"},
      {"failed.ds.notype", "the response about DS is of no use ({0})"},
      {"failed.ds.nodigest", NO_DIGEST},
      {"failed.ds.no_usable_digest", NO_DIGEST},
      {"insecure.ds.nsec", "the zone above has no DS for it"},
      {"insecure.ds.nsec.ent", "the zone above has no DS for it"},
      {"insecure.ds.nsec3", "the zone above has no DS for it"},
      {"insecure.ds.noalgorithms", "no algorithm of the DS of {0} is known"},
      {"ds.secure", "an alias, and no DS"},
      {"dnskey.no_rrset", "{0} has no DNSKEY"},
      {"dnskey.no_ds_match", "no key matches the DS"},
      {"dnskey.no_ds_alg_match", "no key of {0} has a DS of algorithm {1}"},
      {"dnskey.no_name_match", "DS and DNSKEY are of different names"},
      {"dnskey.no_key", "{0} does not have the key that signed"},
      {"dnskey.ds_max_match", "too many keys do not match their DS"},
      {"dnskey.ds_match_mismatch", "the key that matches the DS has not signed the keys"},
      {"dnskey.key_offtree", "{0} must not sign {1}"},
      {"dnskey.no_match", "the signature was made with another key"},
      {"dnskey.expired", "the signature has expired"},
      {"dnskey.not_yet_valid", "the signature is not valid yet"},
      {"dnskey.invalid", "the signature does not match"},
      {"validate.insecure_unsigned", "the zone is not signed"},
      {"validate.insecure", "the zone is not signed"},
      {"validate.insecure.noalg", "no algorithm of {0} is known"},
      {"validate.bogus", "it is unsigned, and there is no proof that the zone is unsigned: {0}"},
      {"validate.bogus.badkey", "there is no chain of trust to {0}: {1}"},
      {"validate.bogus.missingsig", "the signature is missing"},
      {"validate.bogus.missingsig_named", "the signature of {0} {1} is missing"},
      {"validate.bogus.rrsigtoomany", "{0} {1} has too many signatures"},
      {"validate.response.unknown", "the response is of no known kind ({0})"}
    };
  }
}
