/** Time for which a window is kept beyond its end, so that the clocks of Redis and the instances may differ slightly. */
const KEPT_BEYOND_MS = 60_000;

const READ = `
local now = tonumber(ARGV[1])
local found = redis.call('HMGET', KEYS[1], 'hits', 'endsAt')
local hits, endsAt = tonumber(found[1] or 0), tonumber(found[2] or 0)`;

/**
 * Counts one hit on the key and returns 0. When the window is full, counts nothing and returns its end. Arguments: the
 * current time, `max` and the length of the window.
 */
export const COUNT = `${READ}
local max, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if endsAt <= now then
  redis.call('HSET', KEYS[1], 'hits', 1, 'endsAt', now + length)
  redis.call('PEXPIRE', KEYS[1], length + ${KEPT_BEYOND_MS})
  return 0
end
if hits >= max then return endsAt end
redis.call('HINCRBY', KEYS[1], 'hits', 1)
return 0`;

/** Takes one hit back from the key. Arguments: the current time, the time of the hit and the length of the window. */
export const GIVE_BACK = `${READ}
local countedAt, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if hits > 0 and endsAt > now and endsAt <= countedAt + length then redis.call('HINCRBY', KEYS[1], 'hits', -1) end`;
