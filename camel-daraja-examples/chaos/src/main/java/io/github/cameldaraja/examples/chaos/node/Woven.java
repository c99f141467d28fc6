package io.github.cameldaraja.examples.chaos.node;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;

/** A class of the component that does something else, in this process alone. */
final class Woven {

    private final Class<?> type;
    private DynamicType.Builder<?> builder;

    private Woven(Class<?> type) {
        this.type = type;
        this.builder = new ByteBuddy().redefine(type);
    }

    static Woven into(String name) {
        try {
            return new Woven(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " has gone from the component, or has another name now", e);
        }
    }

    Woven with(AsmVisitorWrapper change) {
        builder = builder.visit(change);
        return this;
    }

    void weave() {
        builder.make().load(type.getClassLoader(), ClassReloadingStrategy.of(ByteBuddyAgent.getInstrumentation()));
    }
}
