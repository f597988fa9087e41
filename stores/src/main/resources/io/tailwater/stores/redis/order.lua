-- The order of vectors: (event timestamp, generation, event count). In front of each script that keeps it.

-- Whether a is less than b. Both are int64 in canonical decimal. Lua's numbers are doubles: beyond 2^53 two of them may round to the same one;
-- then they have the same sign, and their magnitudes are in the order of length first, digits second.
local function less(a, b)
  if a == b then
    return false
  end
  local x, y = tonumber(a), tonumber(b)
  if x ~= y then
    return x < y
  end
  local smaller_magnitude = #a < #b or (#a == #b and a < b)
  return smaller_magnitude == (x > 0)
end

-- Whether a write is older than what is stored; one of an equal order is not.
local function goes_back(written, stored)
  for i = 1, 3 do
    if less(written[i], stored[i]) then
      return true
    end
    if less(stored[i], written[i]) then
      return false
    end
  end
  return false
end

