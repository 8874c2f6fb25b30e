package io.github.dotagent.agent.monitoring.jmx;

import java.lang.reflect.Method;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;

/** An MXBean that shows consoles the meaning of its attributes, from their {@link Description}. */
final class DescribedBean extends StandardMBean {
  private <T> DescribedBean(T bean, Class<T> type) {
    super(bean, type, true);
  }

  static <T> DescribedBean of(T bean, Class<T> type) {
    return new DescribedBean(bean, type);
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return getMBeanInterface().getAnnotation(Description.class).value();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo attribute) {
    return meaning("get" + attribute.getName(), 0);
  }

  @Override
  protected String getDescription(MBeanOperationInfo operation) {
    return meaning(operation.getName(), operation.getSignature().length);
  }

  @Override
  protected String getDescription(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return "a host name";
  }

  @Override
  protected String getParameterName(
      MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
    return "name";
  }

  @Override
  protected int getImpact(MBeanOperationInfo operation) {
    return operation.getName().equals("explain")
        ? MBeanOperationInfo.INFO
        : MBeanOperationInfo.ACTION;
  }

  private String meaning(String method, int parameters) {
    for (Method declared : getMBeanInterface().getMethods()) {
      if (declared.getName().equals(method) && declared.getParameterTypes().length == parameters) {
        return declared.getAnnotation(Description.class).value();
      }
    }
    throw new AssertionError(method);
  }
}
