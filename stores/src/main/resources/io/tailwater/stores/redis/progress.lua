-- Records how far one subtask of a view's job has come, and with it the view: the least of all subtasks.
--
-- KEYS[1]  the view's progress hash: parallelism, one field a subtask by its number, watermark
-- ARGV     parallelism, subtask, watermark in milliseconds
-- Returns  1
--
-- Nothing goes back: what was written up to a watermark stays written when the job restarts further back. After a
-- rescale the old subtasks' fields say nothing about the new ones and go; the view's watermark stays and moves on
-- once every new subtask has passed it.

local function advance(field, value)
  local old = redis.call('HGET', KEYS[1], field)
  if not old or tonumber(old) < tonumber(value) then
    redis.call('HSET', KEYS[1], field, value)
  end
end

if redis.call('HGET', KEYS[1], 'parallelism') ~= ARGV[1] then
  local watermark = redis.call('HGET', KEYS[1], 'watermark')
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'parallelism', ARGV[1])
  if watermark then
    redis.call('HSET', KEYS[1], 'watermark', watermark)
  end
end
advance(ARGV[2], ARGV[3])

local least
for subtask = 0, tonumber(ARGV[1]) - 1 do
  local value = redis.call('HGET', KEYS[1], tostring(subtask))
  if not value then
    return 1
  end
  if not least or tonumber(value) < tonumber(least) then
    least = value
  end
end
advance('watermark', least)
return 1
