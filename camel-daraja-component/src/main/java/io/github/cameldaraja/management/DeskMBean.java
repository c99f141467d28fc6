package io.github.cameldaraja.management;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import javax.management.modelmbean.ModelMBeanInfo;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.spi.ManagementStrategy;

/**
 * A desk as consoles see it, in place of what Camel makes of it: who decides about money sees what each field of a form is for, where
 * Camel would call them p1 to p6, and nothing beside that could stop the desk.
 */
final class DeskMBean implements DynamicMBean {

    private final Object desk;
    private final Map<String, Method> attributes = new TreeMap<>();
    // by name and the types of its parameters
    private final Map<String, Method> operations = new TreeMap<>();

    private DeskMBean(Object desk) {
        this.desk = desk;
        for (Method method : desk.getClass().getMethods()) {
            if (method.isAnnotationPresent(ManagedAttribute.class)) {
                attributes.put(method.getName().replaceFirst("^(get|is)", ""), method);
            } else if (method.isAnnotationPresent(ManagedOperation.class)) {
                operations.put(signature(method.getName(), Stream.of(method.getParameterTypes()).map(Class::getName)), method);
            }
        }
    }

    /** Takes the place of the desk's MBean, where Camel has one or would make one; it goes with the desk. */
    static void show(CamelContext camelContext, Service desk) throws JMException {
        ManagementStrategy management = camelContext.getManagementStrategy();
        ManagementAgent agent = management == null ? null : management.getManagementAgent();
        if (agent == null || management.getManagementObjectNameStrategy() == null) {
            return;
        }
        ObjectName name = management.getManagementObjectNameStrategy().getObjectNameForService(camelContext, desk);
        if (name == null || agent.getMBeanServer() == null) {
            return;
        }
        if (agent.isRegistered(name)) {
            if (!(agent.getMBeanServer().getMBeanInfo(name) instanceof ModelMBeanInfo)) {
                // not Camel's: of several components in one context the first is shown
                return;
            }
            agent.unregister(name);
        }
        agent.register(new DeskMBean(desk), name);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] shown = attributes.entrySet().stream().map(one -> new MBeanAttributeInfo(one.getKey(),
                one.getValue().getReturnType().getName(), one.getValue().getAnnotation(ManagedAttribute.class).description(), true, false,
                one.getValue().getName().startsWith("is"))).toArray(MBeanAttributeInfo[]::new);
        MBeanOperationInfo[] done = operations.values().stream().map(DeskMBean::info).toArray(MBeanOperationInfo[]::new);
        return new MBeanInfo(desk.getClass().getName(), desk.getClass().getAnnotation(ManagedResource.class).description(), shown, null,
                done, null);
    }

    private static MBeanOperationInfo info(Method operation) {
        MBeanParameterInfo[] parameters = Arrays.stream(operation.getParameters()).map(DeskMBean::info)
                .toArray(MBeanParameterInfo[]::new);
        return new MBeanOperationInfo(operation.getName(), operation.getAnnotation(ManagedOperation.class).description(), parameters,
                operation.getReturnType().getName(), MBeanOperationInfo.UNKNOWN);
    }

    private static MBeanParameterInfo info(Parameter parameter) {
        return new MBeanParameterInfo(parameter.getName(), parameter.getType().getName(), "");
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException, MBeanException, ReflectionException {
        Method getter = attributes.get(attribute);
        if (getter == null) {
            throw new AttributeNotFoundException(attribute + " is no attribute; there are " + attributes.keySet());
        }
        return call(getter);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList list = new AttributeList();
        for (String name : names) {
            try {
                list.add(new Attribute(name, getAttribute(name)));
            } catch (JMException | RuntimeMBeanException e) {
                // what cannot be had is left out: the others are of use, and who asks for this one alone is told why
                continue;
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
    }

    @Override
    public AttributeList setAttributes(AttributeList given) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] types) throws MBeanException, ReflectionException {
        String signature = signature(operation, types == null ? Stream.empty() : Stream.of(types));
        Method method = operations.get(signature);
        if (method == null) {
            throw new ReflectionException(new NoSuchMethodException(signature), signature + " is no operation");
        }
        return call(method, arguments);
    }

    private Object call(Method method, Object... arguments) throws MBeanException, ReflectionException {
        try {
            return method.invoke(desk, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException wrong) {
                throw new RuntimeMBeanException(wrong, wrong.getMessage());
            }
            throw new MBeanException(e);
        } catch (IllegalAccessException e) {
            throw new ReflectionException(e);
        }
    }

    private static String signature(String name, Stream<String> types) {
        return types.collect(Collectors.joining(", ", name + '(', ")"));
    }
}
