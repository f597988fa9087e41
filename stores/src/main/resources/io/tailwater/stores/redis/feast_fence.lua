-- Replaces a view's fields in the hash of an entity, unless the stored ones are newer in the order (event timestamp,
-- generation, event count). Other views of the entity have their fields in the same hash.
--
-- KEYS[1]  the entity's hash
-- ARGV     event timestamp, generation, event count, milliseconds until the key expires (0: never), what
--          stands behind the order (<valid until>:<fields>:<complete from>), the view's field of the order, then field,
--          value, field, value, ...: the view's time and all of its features
-- Returns  1 if written, 0 if refused

local REST = '%-?%d*:(%x*):'

local stored_fields
local order = redis.call('HGET', KEYS[1], ARGV[6])
if order then
  local timestamp, generation, count, fields = string.match(order, '^(-?%d+):(-?%d+):(%d+):' .. REST)
  if not timestamp then
    return redis.error_reply('BADVECTOR ' .. ARGV[6] .. ' is not what a fenced write leaves')
  end
  if goes_back(ARGV, {timestamp, generation, count}) then
    return 0
  end
  stored_fields = fields
end

-- The hash expires as a whole: when the last of its views does, and never if one of them does not.
local expiry = redis.call('PTTL', KEYS[1])
redis.call('HSET', KEYS[1], ARGV[6], ARGV[1] .. ':' .. ARGV[2] .. ':' .. ARGV[3] .. ':' .. ARGV[5])
-- In parts, since unpack puts all of its results on Lua's stack.
for i = 7, #ARGV, 4000 do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 3999, #ARGV)))
end

-- A feature that was dropped or renamed would stay, with a value of before beside the view's new time.
if stored_fields and stored_fields ~= string.match(ARGV[5], '^' .. REST) then
  local written = {}
  for i = 7, #ARGV, 2 do
    written[ARGV[i]] = true
  end
  for hex in string.gmatch(stored_fields, '%x%x%x%x%x%x%x%x') do
    local field = string.gsub(hex, '%x%x', function(byte) return string.char(tonumber(byte, 16)) end)
    if not written[field] then
      redis.call('HDEL', KEYS[1], field)
    end
  end
end

if ARGV[4] == '0' then
  redis.call('PERSIST', KEYS[1])
elseif expiry ~= -1 and expiry < tonumber(ARGV[4]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 1
