// SPDX-License-Identifier: Apache-2.0
package io.tailwater.stores.redis;

import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/**
 * One call of a script on one key.
 *
 * @param script what to run
 * @param key the only key it touches
 * @param arguments as the script wants them
 */
record ScriptCall(LuaScript script, RedisKey key, List<byte[]> arguments) {

  /** Sends the script's digest; a server that does not know it replies NOSCRIPT. */
  Response<Object> sendDigest(AbstractPipeline pipeline) {
    return pipeline.evalsha(script.sha1(), List.of(key.bytes()), arguments);
  }

  /** Sends the whole script, which the server knows from then on. */
  Response<Object> sendText(AbstractPipeline pipeline) {
    return pipeline.eval(script.text(), List.of(key.bytes()), arguments);
  }
}
