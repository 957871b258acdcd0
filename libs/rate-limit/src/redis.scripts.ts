/** Kept a little beyond its end, so that the clocks of Redis and of the instances need not agree to the millisecond. */
const KEPT_BEYOND_MS = 60_000;

const FIND_FULL = `
local now, full = tonumber(ARGV[1]), {}
for index, key in ipairs(KEYS) do
  local max = tonumber(ARGV[2 * index])
  local found = redis.call('HMGET', key, 'hits', 'endsAt')
  local hits, endsAt = tonumber(found[1]), tonumber(found[2])
  if endsAt and endsAt > now and hits >= max then table.insert(full, { index, endsAt }) end
end`;

/**
 * The windows that are full, as pairs of index and end. Takes the present time, then the `max` and the length of each
 * window.
 */
export const READ = `${FIND_FULL}
return full`;

/** The windows that run, as triples of index, hits and end. Takes the present time. */
export const READ_RUNNING = `
local now, running = tonumber(ARGV[1]), {}
for index, key in ipairs(KEYS) do
  local found = redis.call('HMGET', key, 'hits', 'endsAt')
  local hits, endsAt = tonumber(found[1]), tonumber(found[2])
  if endsAt and endsAt > now then table.insert(running, { index, hits, endsAt }) end
end
return running`;

/** Counts one hit on each key, or on none when one is full: answers as {@link READ}, from the same values. */
export const COUNT = `${FIND_FULL}
if #full > 0 then return full end
for index, key in ipairs(KEYS) do
  local length = tonumber(ARGV[2 * index + 1])
  local endsAt = tonumber(redis.call('HGET', key, 'endsAt') or 0)
  if endsAt > now then
    redis.call('HINCRBY', key, 'hits', 1)
  else
    redis.call('HSET', key, 'hits', 1, 'endsAt', now + length)
    redis.call('PEXPIRE', key, length + ${KEPT_BEYOND_MS})
  end
end
return full`;

/** Takes one hit back from each key. Takes the present time, the time of the hit, then the length of each window. */
export const GIVE_BACK = `
local now, countedAt = tonumber(ARGV[1]), tonumber(ARGV[2])
for index, key in ipairs(KEYS) do
  local length = tonumber(ARGV[2 + index])
  local found = redis.call('HMGET', key, 'hits', 'endsAt')
  local hits, endsAt = tonumber(found[1] or 0), tonumber(found[2] or 0)
  if hits > 0 and endsAt > now and endsAt <= countedAt + length then redis.call('HINCRBY', key, 'hits', -1) end
end`;

/** Forgets each key. */
export const CLEAR = `
for _, key in ipairs(KEYS) do redis.call('DEL', key) end`;
