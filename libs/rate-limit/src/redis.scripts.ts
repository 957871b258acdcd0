/** Kept a little beyond its end, so that the clocks of Redis and of the instances need not agree to the millisecond. */
const KEPT_BEYOND_MS = 60_000;

/**
 * Counts one hit on each key, all or none: nothing else runs meanwhile. Takes the present time, then the `max` and the
 * length of each window; answers the hits, the end, and whether this hit was added, of each.
 */
export const COUNT = `
local now, answer = tonumber(ARGV[1]), {}
for index, key in ipairs(KEYS) do
  local max, length = tonumber(ARGV[2 * index]), tonumber(ARGV[2 * index + 1])
  local found = redis.call('HMGET', key, 'hits', 'endsAt')
  local hits, endsAt, added = tonumber(found[1]), tonumber(found[2]), 1
  if not endsAt or endsAt <= now then
    hits, endsAt = 1, now + length
    redis.call('HSET', key, 'hits', hits, 'endsAt', endsAt)
    redis.call('PEXPIRE', key, length + ${KEPT_BEYOND_MS})
  elseif hits <= max then
    hits = redis.call('HINCRBY', key, 'hits', 1)
  else
    added = 0
  end
  answer[index] = { hits, endsAt, added }
end
return answer`;

/** The hits and the end of each key; nothing where there is no window. */
export const READ = `
local answer = {}
for index, key in ipairs(KEYS) do
  local found = redis.call('HMGET', key, 'hits', 'endsAt')
  answer[index] = { tonumber(found[1] or 0), tonumber(found[2] or 0) }
end
return answer`;
