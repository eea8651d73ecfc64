package io.penstock.system;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.penstock.tunnel.LoopConfined;
import io.penstock.tunnel.link.Loop;

/** Who may know whom, in all modules. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Health and metrics are edges too: they show what the other edges read. */
    private static final String[] EDGES = {"..config..", "..api..", "..control..", "..admin..", "..metrics.."};

    @ArchTest
    static final ArchRule coreIsSansIo = classes()
            .that()
            .resideInAnyPackage(
                    "io.penstock.tunnel.frame..",
                    "io.penstock.tunnel.flow..",
                    "io.penstock.tunnel.stream..",
                    "io.penstock.tunnel.link..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "io.netty.buffer..",
                    "io.netty.util",
                    "org.jspecify..",
                    "io.penstock.tunnel",
                    "io.penstock.tunnel.frame..",
                    "io.penstock.tunnel.flow..",
                    "io.penstock.tunnel.stream..",
                    "io.penstock.tunnel.link.."))
            .because("protocol code takes frames and returns frames; sockets, timers and logs are at the rim");

    @ArchTest
    static final ArchRule frameAndFlowStandAlone = noClasses()
            .that()
            .resideInAnyPackage("io.penstock.tunnel.frame..", "io.penstock.tunnel.flow..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.penstock.tunnel.stream..", "io.penstock.tunnel.link..")
            .because("values and arithmetic know nothing of what uses them");

    @ArchTest
    static final ArchRule streamsDoNotSeeTheLink = noClasses()
            .that()
            .resideInAPackage("io.penstock.tunnel.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.penstock.tunnel.link..")
            .because("a stream needs a host, not the link");

    @ArchTest
    static final ArchRule edgesDoNotMeet = slices().matching("io.penstock.tunnel.(carrier|relay|metrics)..")
            .should()
            .notDependOnEachOther()
            .because("carriers, sockets and meters meet only in the core");

    @ArchTest
    static final ArchRule protosStayAtTheEdge = noClasses()
            .that(resideOutsideOfPackages("io.penstock.api..", "..carrier..", "..api..", "..control..", "..config.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.penstock.api..")
            .because("one wire model, one domain record, mapped once");

    @ArchTest
    static final ArchRule springIsWiring = noClasses()
            .that(resideOutsideOfPackages("..config..", "..api..", "io.penstock.manager.store..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Application"))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .because("features are plain objects; the state file is an edge, and speaks JDBC by Spring's client");

    @ArchTest
    static final ArchRule featuresDoNotSeeEdges = noClasses()
            .that(resideOutsideOfPackages(EDGES)
                    .and(resideOutsideOfPackages(
                            "io.penstock.tunnel..", "io.penstock.bench..", "io.penstock.testkit.."))
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Application")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.simpleNameEndingWith("Main"))))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "io.penstock.manager.config..",
                    "io.penstock.manager.api..",
                    "io.penstock.agent.control..",
                    "io.penstock.gateway.api.."))
            .because("edges import features, never the other way");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.penstock.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .because("a tangle cannot be carried on");

    @ArchTest
    static final ArchRule oneClock = noClasses()
            .that(resideOutsideOfPackages("io.penstock.bench..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(Loop.class))))
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("time comes from the Loop or from an InstantSource, so that tests own it");

    @ArchTest
    static final ArchRule threadsAreMadeInConfig = noClasses()
            .that(resideOutsideOfPackages("..config..", "io.penstock.bench..", "..testkit.."))
            .should()
            .callConstructor(Thread.class, Runnable.class)
            .orShould()
            .callConstructor(Thread.class, Runnable.class, String.class)
            .orShould()
            .callMethodWhere(target("java.util.concurrent.Executors"))
            .because("who makes threads owns their end");

    @ArchTest
    static final ArchRule noFieldInjection = noFields()
            .should()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
            .because("a bean has one constructor that says what it needs");

    @ArchTest
    static final ArchRule configIsRecords = classes()
            .that()
            .areAnnotatedWith("org.springframework.boot.context.properties.ConfigurationProperties")
            .should()
            .beRecords()
            .because("settings do not change after start");

    @ArchTest
    static final ArchRule loopConfinedHoldsNoLocks = noClasses()
            .that()
            .areAnnotatedWith(LoopConfined.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks..")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.atomic..")
            .because("one event loop owns them");

    @ArchTest
    static final ArchRule loopConfinedFieldsArePlain = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(LoopConfined.class)
            .should()
            .notHaveModifier(JavaModifier.VOLATILE)
            .because("one event loop owns them");

    @ArchTest
    static final ArchRule plainNames = noClasses()
            .that(resideOutsideOfPackages("io.penstock.api.."))
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Processor")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .because("find the concept and name it");

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> target(String owner) {
        return DescribedPredicate.describe(
                "a method of " + owner, call -> targetOf(call.getTarget()).equals(owner));
    }

    private static String targetOf(AccessTarget target) {
        return target.getOwner().getName();
    }
}
