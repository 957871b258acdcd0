/** Time for which a window is kept beyond its end, so that the clocks of Redis and the instances may differ slightly. */
const KEPT_BEYOND_MS = 60_000;

const READ = `
local now = tonumber(ARGV[1])
local found = redis.call('HMGET', KEYS[1], 'hits', 'endsAt')
local hits, endsAt = tonumber(found[1] or 0), tonumber(found[2] or 0)`;

/**
 * Counts one hit on the key, unless the window is full. Returns whether it counted and whether it began a window, each
 * 0 or 1, the hits and the window's end. Arguments: the current time, `max` and the length of the window.
 */
export const COUNT = `${READ}
local max, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if endsAt <= now then
  redis.call('HSET', KEYS[1], 'hits', 1, 'endsAt', now + length)
  redis.call('PEXPIRE', KEYS[1], length + ${KEPT_BEYOND_MS})
  return {1, 1, 1, now + length}
end
if hits >= max then return {0, 0, hits, endsAt} end
return {1, 0, redis.call('HINCRBY', KEYS[1], 'hits', 1), endsAt}`;

/** Gives a running window at least these hits. Arguments: the current time and the hits. */
export const RAISE = `${READ}
local atLeast = tonumber(ARGV[2])
if endsAt > now and hits < atLeast then redis.call('HSET', KEYS[1], 'hits', atLeast) end`;

/** Takes one hit back from the key. Arguments: the current time, the time of the hit and the length of the window. */
export const GIVE_BACK = `${READ}
local countedAt, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if hits > 0 and endsAt > now and endsAt <= countedAt + length then redis.call('HINCRBY', KEYS[1], 'hits', -1) end`;
