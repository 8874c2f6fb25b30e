package io.github.dotagent.agent.cli.doctor;

/** Takes the findings as they come. For one thread. */
interface Report {
  /** The subject of the next checks: a server, or this machine. */
  void section(String title);

  /** A check begins: the user sees which check is running. */
  void checking(String check);

  /** The finding of the check. */
  void found(Finding finding);

  /** All checks have ended. */
  void end(String summary);
}
