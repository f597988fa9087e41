-- Replaces the definitions of a project that are applied, if they still are the version that the writer has compared with.
--
-- KEYS[1]  the project's hash
-- ARGV     the version that the writer has seen (0: none), the version that it writes, the digest of its texts, then
--          field, value, field, value, ...
-- Returns  1 if they are applied now, be it by an earlier call of the same; 0 if another version came first

local stored = redis.call('HMGET', KEYS[1], 'version', 'digest')
local version = stored[1] or '0'
if version == ARGV[2] and stored[2] == ARGV[3] then
  return 1
end
if version ~= ARGV[1] then
  return 0
end

redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'version', ARGV[2], 'digest', ARGV[3])
-- In parts, since unpack puts all of its results on Lua's stack.
for i = 4, #ARGV, 4000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 3999, #ARGV)))
end
return 1
