package org.mtl4j.fitted;

import com.oracle.labs.mlrg.olcut.config.Configurable;
import com.oracle.labs.mlrg.olcut.config.ConfigurationData;
import com.oracle.labs.mlrg.olcut.config.ConfigurationManager;
import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.provenance.TrainerProvenance;

/** What a Tribuo trainer is made of, as its provenance tells: itself, its inner trainers, its optimiser. */
final class TrainerParts {

    private static final String ADAM = "org.tribuo.math.optimisers.Adam";

    private TrainerParts() {}

    /** Whether it steps with Tribuo's own Adam. */
    static boolean hasAdam(Trainer<?> trainer) {
        return hasAdam(trainer.getProvenance());
    }

    private static boolean hasAdam(ConfiguredObjectProvenance part) {
        return part.getClassName().equals(ADAM) || inner(part).anyMatch(TrainerParts::hasAdam);
    }

    /**
     * The output types that it can be for: what its class declares, or where that is open, as in an ensemble, what its inner
     * trainers declare; none where these are open too.
     */
    static Set<Class<?>> outputTypes(Trainer<?> trainer) {
        Set<Class<?>> types = new LinkedHashSet<>();
        declared(trainer.getClass(), Map.of(), types);
        if (types.isEmpty()) {
            inner(trainer.getProvenance())
                    .forEach(part ->
                            types.addAll(outputTypes(part, trainer.getClass().getClassLoader())));
        }
        return types;
    }

    private static Set<Class<?>> outputTypes(ConfiguredObjectProvenance part, ClassLoader loader) {
        Set<Class<?>> types = new LinkedHashSet<>();
        try {
            declared(Class.forName(part.getClassName(), false, loader), Map.of(), types);
        } catch (ClassNotFoundException e) {
            return types; // a class of another loader, of which nothing is known here
        }
        if (types.isEmpty()) {
            inner(part).forEach(each -> types.addAll(outputTypes(each, loader)));
        }
        return types;
    }

    /**
     * A trainer configured as this one that has not trained yet, where all parts of it can be made from their configuration;
     * else this one. Setting an ensemble's count of trainings leaves its inner trainers' counts where they were, so that the
     * same ensemble would answer another model each time.
     */
    @SuppressWarnings("unchecked") // the class is the given trainer's own
    static <T extends Output<T>> Trainer<T> fresh(Trainer<T> trainer) {
        TrainerProvenance provenance = trainer.getProvenance();
        if (!provenance.getClassName().equals(trainer.getClass().getName()) || !isMade(provenance)) {
            return trainer;
        }
        List<ConfigurationData> configuration = ProvenanceUtil.extractConfiguration(provenance);
        try (ConfigurationManager manager = new ConfigurationManager()) {
            manager.addConfiguration(configuration);
            return (Trainer<T>) manager.lookup(configuration.get(0).getName());
        }
    }

    /** Whether this part and all within can be made by Tribuo's configuration system. */
    private static boolean isMade(ConfiguredObjectProvenance part) {
        try {
            Class<?> type = Class.forName(part.getClassName(), false, ConfigurationManager.class.getClassLoader());
            return Configurable.class.isAssignableFrom(type)
                    && Stream.of(type.getDeclaredConstructors()).anyMatch(made -> made.getParameterCount() == 0)
                    && inner(part).allMatch(TrainerParts::isMade);
        } catch (ClassNotFoundException e) {
            return false; // a class of a notebook cell
        }
    }

    private static Stream<ConfiguredObjectProvenance> inner(ConfiguredObjectProvenance part) {
        return part.getConfiguredParameters().values().stream().flatMap(TrainerParts::objects);
    }

    private static Stream<ConfiguredObjectProvenance> objects(Provenance value) {
        if (value instanceof ConfiguredObjectProvenance object) {
            return Stream.of(object);
        } else if (value instanceof ListProvenance<?> list) {
            return list.getList().stream().flatMap(TrainerParts::objects);
        } else if (value instanceof MapProvenance<?> map) {
            return map.getMap().values().stream().flatMap(TrainerParts::objects);
        }
        return Stream.of();
    }

    /** Adds T where the type is, or extends, {@code Trainer<T>} of a class T. @param known type variables, bound so far */
    private static void declared(Type type, Map<TypeVariable<?>, Type> known, Set<Class<?>> into) {
        Map<TypeVariable<?>, Type> bound = new HashMap<>(known);
        Type raw = type;
        if (type instanceof ParameterizedType parameterised) {
            raw = parameterised.getRawType();
            TypeVariable<?>[] variables = ((Class<?>) raw).getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                Type argument = parameterised.getActualTypeArguments()[i];
                bound.put(variables[i], known.getOrDefault(argument, argument));
            }
        }
        if (!(raw instanceof Class<?> declaring) || !Trainer.class.isAssignableFrom(declaring)) {
            return;
        }
        if (declaring == Trainer.class) {
            Type output = bound.get(Trainer.class.getTypeParameters()[0]);
            if (output instanceof Class<?> found && Output.class.isAssignableFrom(found)) {
                into.add(found);
            }
            return;
        }
        Stream.concat(Stream.ofNullable(declaring.getGenericSuperclass()), Stream.of(declaring.getGenericInterfaces()))
                .forEach(above -> declared(above, bound, into));
    }
}
