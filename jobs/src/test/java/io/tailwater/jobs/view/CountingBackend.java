// SPDX-License-Identifier: Apache-2.0
package io.tailwater.jobs.view;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.CheckpointableKeyedStateBackend;
import org.apache.flink.runtime.state.OperatorStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.internal.InternalKvState;
import org.apache.flink.runtime.state.internal.InternalMapState;
import org.apache.flink.runtime.state.internal.InternalValueState;

/** The heap backend, counting every access of an operator to its keyed state. */
final class CountingBackend implements StateBackend {
  private static final long serialVersionUID = 1L;
  private static final Set<String> READS = Set.of("value", "get", "contains");
  private static final Set<String> WRITES = Set.of("update", "put", "remove", "clear");

  private final HashMapStateBackend heap = new HashMapStateBackend();
  private final AtomicLong reads = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong others = new AtomicLong();

  long reads() {
    return reads.get();
  }

  long writes() {
    return writes.get();
  }

  /** Accesses that are neither of one value: iterators, for instance. */
  long others() {
    return others.get();
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K> CheckpointableKeyedStateBackend<K> createKeyedStateBackend(
      KeyedStateBackendParameters<K> parameters) throws IOException {
    CheckpointableKeyedStateBackend<K> backend = heap.createKeyedStateBackend(parameters);
    return (CheckpointableKeyedStateBackend<K>)
        proxy(
            CheckpointableKeyedStateBackend.class,
            (self, method, arguments) -> {
              Object result = invoke(backend, method, arguments);
              return result instanceof InternalKvState<?, ?, ?> state ? counting(state) : result;
            });
  }

  @Override
  public OperatorStateBackend createOperatorStateBackend(OperatorStateBackendParameters parameters)
      throws Exception {
    return heap.createOperatorStateBackend(parameters);
  }

  private Object counting(InternalKvState<?, ?, ?> state) {
    Class<?> type =
        state instanceof ValueState<?> ? InternalValueState.class : InternalMapState.class;
    Class<?> api = state instanceof ValueState<?> ? ValueState.class : MapState.class;
    return proxy(
        type,
        (self, method, arguments) -> {
          if (READS.contains(method.getName())) {
            reads.incrementAndGet();
          } else if (WRITES.contains(method.getName())) {
            writes.incrementAndGet();
          } else if (method.getDeclaringClass() == api) {
            others.incrementAndGet();
          }
          return invoke(state, method, arguments);
        });
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        CountingBackend.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
