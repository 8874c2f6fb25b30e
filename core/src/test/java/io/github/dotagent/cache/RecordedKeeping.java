package io.github.dotagent.cache;

import io.github.dotagent.answer.Answer;
import io.github.dotagent.answer.Question;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps nothing, and writes down what it should have kept. */
final class RecordedKeeping implements InFlight.Kept {
  final List<Answer> answers = new CopyOnWriteArrayList<>();
  volatile boolean broken;
  volatile Answer meanwhile;

  @Override
  public Answer find(Question question) {
    return meanwhile;
  }

  @Override
  public void keep(Question question, Answer answer) {
    if (broken) {
      throw new IllegalStateException("cannot keep it");
    }
    answers.add(answer);
  }
}
