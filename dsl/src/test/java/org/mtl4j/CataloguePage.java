package org.mtl4j;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Scalariser;
import org.mtl4j.layer.Encoder;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Loss;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.LayerSpec;

/**
 * The page that lists every part of the library: what is there is found among the compiled classes, what is said of it in its
 * Javadoc, its defaults in its constants, and how it is written in {@link Mtl}.
 */
final class CataloguePage {

    /** The words of the DSL, which {@link Mtl} inherits in part. */
    private static final Set<String> WORDS = Set.of(
            "org.mtl4j.Mtl",
            "org.mtl4j.GradientBalancerWords",
            "org.mtl4j.LossBalancerWords",
            "org.mtl4j.OptimiserWords",
            "org.mtl4j.EncoderWords",
            "org.mtl4j.LayerWords");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern CONSTANT = Pattern.compile("\\{@link\\s+([\\w.]*)#([A-Z][A-Z0-9_]+)}");

    private final Map<String, String> comments = new TreeMap<>();
    /** How a part is written, by the words in the body of the method that makes it. */
    private final Map<String, String> calls = new LinkedHashMap<>();

    private final List<Class<?>> classes;

    private CataloguePage() throws IOException {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.mtl4j").stream()
                        .filter(each -> !each.isAnonymousClass())
                        .<Class<?>>map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .toList();
        readSources();
    }

    /** The page as the code is now. */
    static String written() throws IOException {
        return new CataloguePage().page();
    }

    private void readSources() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            files = walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    new StringWriter(),
                    manager,
                    null,
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                read(unit, docs);
            }
        }
    }

    private void read(CompilationUnitTree unit, DocTrees docs) {
        String inPackage = String.valueOf(unit.getPackageName());
        new TreePathScanner<@Nullable Void, String>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, String outer) {
                String name = outer + "." + type.getSimpleName();
                String comment = docs.getDocComment(getCurrentPath());
                if (comment != null) {
                    comments.put(name, comment);
                }
                return super.visitClass(type, name);
            }

            @Override
            public @Nullable Void visitVariable(VariableTree constant, String outer) {
                String comment = docs.getDocComment(getCurrentPath());
                if (comment != null) {
                    comments.put(outer + "." + constant.getName(), comment);
                }
                return null;
            }

            @Override
            public @Nullable Void visitMethod(MethodTree method, String outer) {
                boolean isPublic = method.getModifiers().getFlags().contains(javax.lang.model.element.Modifier.PUBLIC);
                if (WORDS.contains(outer) && isPublic) {
                    String parameters = method.getParameters().stream()
                            .map(p -> p.getType() + (p.toString().contains("...") ? ".. " : " ") + p.getName())
                            .collect(Collectors.joining(", "))
                            .replace("[]..", "..");
                    calls.put(method.getName() + "(" + parameters + ")", String.valueOf(method.getBody()));
                }
                return null;
            }
        }.scan(unit, inPackage);
    }

    private String page() {
        StringBuilder page = new StringBuilder("# Catalogue\n\n");
        page.append("Every part of the library, from its code: [how to renew this page](#renewing). ");
        page.append("Shapes are in [brackets], without the batch; `->` is from input to output.\n");
        family(page, "Encoders", Encoder.class);
        family(page, "Layers", LayerSpec.class);
        family(page, "Activations", Activation.class);
        family(page, "Initialisers", Initialiser.class);
        family(page, "Losses", Loss.class);
        family(page, "Optimisers", Optimiser.class);
        family(page, "Schedules", Schedule.class);
        family(page, "Balancers", Balancer.class);
        family(page, "Functions of preferences", Scalariser.class);
        family(page, "Sharing", Sharing.class);
        page.append("\n## Renewing\n\nA test compares this page with the code. To write it anew:\n\n");
        page.append("    mvn -pl dsl test -Dtest=CataloguePageTest -Dmtl4j.catalogue=write\n");
        return page.toString();
    }

    private void family(StringBuilder page, String title, Class<?> family) {
        page.append("\n## ").append(title).append("\n");
        for (Class<?> each : classes) {
            boolean concrete = !each.isInterface() && !Modifier.isAbstract(each.getModifiers());
            if (family.isAssignableFrom(each) && concrete && isPublic(each)) {
                part(page, each);
            }
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    private void part(StringBuilder page, Class<?> part) {
        page.append("\n### ").append(part.getSimpleName()).append("\n\n");
        List<String> written = calls.entrySet().stream()
                .filter(call -> makes(call.getValue(), part))
                .map(call -> "`" + call.getKey() + "`")
                .toList();
        if (!written.isEmpty()) {
            page.append("Written: ").append(String.join(", ", written)).append("\n\n");
        }
        page.append(markdown(comments.getOrDefault(part.getCanonicalName(), ""), part))
                .append("\n");
        for (Object choice : part.isEnum() ? part.getEnumConstants() : new Object[0]) {
            String name = ((Enum<?>) choice).name();
            String comment = comments.getOrDefault(part.getCanonicalName() + "." + name, "");
            page.append("- `%s`: %s\n".formatted(name, markdown(comment, part)));
        }
        List<String> defaults = defaults(part);
        if (!defaults.isEmpty()) {
            page.append("\nConstants: ").append(String.join(", ", defaults)).append("\n");
        }
    }

    /** Whether the body of a method makes such a part: {@code new Gcn(..)}, {@code Gcn.of(..)}, {@code Readout.MEAN}. */
    private static boolean makes(String body, Class<?> part) {
        String name = part.getCanonicalName().substring(part.getPackageName().length() + 1);
        return Pattern.compile("(new |return )" + Pattern.quote(name) + "[.(]")
                .matcher(body)
                .find();
    }

    private static List<String> defaults(Class<?> part) {
        List<String> defaults = new ArrayList<>();
        for (Field field : part.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers) && Modifier.isPublic(modifiers) && !field.isEnumConstant()) {
                defaults.add("`%s` = `%s`".formatted(field.getName(), value(field)));
            }
        }
        return defaults;
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read.", e);
        }
    }

    private String markdown(String comment, Class<?> part) {
        String text = resolved(comment, part).lines().map(String::strip).collect(Collectors.joining("\n"));
        StringBuilder page = new StringBuilder();
        for (String block : text.split("(?m)^(?=<pre>|<p>|@)|(?<=</pre>)", -1)) {
            String words = block.strip();
            if (words.startsWith("<pre>")) {
                String code = words.replaceAll("</?pre>", "")
                        .replaceFirst("^\\{@code", "")
                        .replaceFirst("}$", "");
                page.append("\n```\n").append(entities(code).strip()).append("\n```\n");
            } else if (words.startsWith("@param")) {
                page.append(plain(words.replaceFirst("@param (\\w+)", "- `$1`:")))
                        .append("\n");
            } else if (!words.startsWith("@") && !words.isEmpty()) {
                page.append("\n").append(plain(words.replaceFirst("^<p>", ""))).append("\n\n");
            }
        }
        return page.toString().replaceAll("\n{3,}", "\n\n").strip();
    }

    /** The comment with the values of the constants that it names. */
    private String resolved(String comment, Class<?> part) {
        return CONSTANT.matcher(comment)
                .replaceAll(match -> Matcher.quoteReplacement(constant(match.group(1), match.group(2), part)));
    }

    private String constant(String type, String name, Class<?> part) {
        Function<Class<?>, String> read = owner -> {
            try {
                return "`" + value(owner.getField(name)) + "`";
            } catch (NoSuchFieldException e) {
                return "`" + name + "`";
            }
        };
        if (type.isEmpty()) {
            return read.apply(part);
        }
        return classes.stream()
                .filter(each -> each.getName().replace('$', '.').endsWith("." + type))
                .findFirst()
                .map(read)
                .orElse("`" + name + "`");
    }

    private static String plain(String words) {
        String text = words.replace('\n', ' ')
                .replaceAll("\\{@(?:link|code|literal) #?([^}]*)}", "`$1`")
                .replaceAll("</?(ul|ol|em|i|b)>", "")
                .replaceAll("<li>", "- ");
        return entities(text);
    }

    private static String entities(String text) {
        return text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
    }
}
