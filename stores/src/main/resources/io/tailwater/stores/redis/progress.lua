-- Records how far one subtask of a view's job has come, and with it the view: the least of all subtasks.
--
-- KEYS[1]  the view's progress hash: one field a subtask, <subtask>/<parallelism>, and watermark
-- ARGV     parallelism, subtask, watermark in milliseconds
-- Returns  1
--
-- Nothing goes back: what was written up to a watermark stays written when the job restarts further back. Subtasks of
-- another parallelism, before a rescale or of another job, say nothing about these and have fields of their own; the
-- view's watermark stays and moves on once every subtask of one parallelism has passed it.

local function advance(field, value)
  local old = redis.call('HGET', KEYS[1], field)
  if not old or tonumber(old) < tonumber(value) then
    redis.call('HSET', KEYS[1], field, value)
  end
end

advance(ARGV[2] .. '/' .. ARGV[1], ARGV[3])

local least
for subtask = 0, tonumber(ARGV[1]) - 1 do
  local value = redis.call('HGET', KEYS[1], subtask .. '/' .. ARGV[1])
  if not value then
    return 1
  end
  if not least or tonumber(value) < tonumber(least) then
    least = value
  end
end
advance('watermark', least)
return 1
