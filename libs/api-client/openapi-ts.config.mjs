/**
 * The functions of one tag are one file: who needs those of the sign-in loads nothing of the administration.
 * @param {{ meta?: { category?: string, tags?: string[] } }} symbol
 */
function fileOfTag({ meta }) {
  const tag = meta?.category === 'sdk' && meta.tags?.[0];
  return tag ? `sdk/${tag.toLowerCase().replace(/[^a-z]+/g, '-')}` : undefined;
}

/** A browser sends its session itself; `auth` would send a token in that cookie and as a bearer, which is refused. */
function leaveOutSession({ paths }) {
  for (const operation of Object.values(paths).flatMap(Object.values))
    operation.security = operation.security.filter((one) => !('session' in one));
}

export default {
  input: '../../apps/api/openapi.json',
  output: 'src/generated',
  plugins: ['@hey-api/client-fetch'],
  parser: {
    patch: { input: leaveOutSession },
    hooks: { symbols: { getFilePath: fileOfTag } },
  },
};
