package io.penstock.system.stage;

import io.penstock.bench.peers.Program;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test, before anything is started, whose foreign program is missing, and says which package has it. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsPeers.Condition.class)
public @interface NeedsPeers {
    Program[] value();

    /** Looks for the programs. Immutable. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            List<String> missing = AnnotationSupport.findAnnotation(context.getElement(), NeedsPeers.class).stream()
                    .flatMap(needs -> Arrays.stream(needs.value()))
                    .filter(program -> program.find().isEmpty())
                    .map(Program::whenMissing)
                    .toList();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("every program is there");
            }
            String line = context.getDisplayName() + " skipped: " + String.join("; ", missing);
            System.err.println(line);
            return ConditionEvaluationResult.disabled(line);
        }
    }
}
