-- Replaces a vector, unless the stored one is newer in the order (event timestamp, generation, event count).
--
-- KEYS[1]  the vector's hash
-- ARGV     event timestamp, generation, event count, milliseconds until the key expires (0: never),
--          then field, value, field, value, ...
-- Returns  1 if written, 0 if refused

local stored = redis.call('HMGET', KEYS[1], '_event_timestamp', '_version')
if stored[1] or stored[2] then
  local timestamp = stored[1] and string.match(stored[1], '^-?%d+$')
  local generation, count = string.match(stored[2] or '', '^(-?%d+):(%d+)$')
  if not timestamp or not generation then
    return redis.error_reply('BADVECTOR _event_timestamp or _version is not what a fenced write leaves')
  end
  if goes_back(ARGV, {timestamp, generation, count}) then
    return 0
  end
end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '_event_timestamp', ARGV[1], '_version', ARGV[2] .. ':' .. ARGV[3])
-- In parts, since unpack puts all of its results on Lua's stack.
for i = 5, #ARGV, 4000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 3999, #ARGV)))
end
if ARGV[4] ~= '0' then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 1
