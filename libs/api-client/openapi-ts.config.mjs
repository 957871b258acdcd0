/**
 * The functions of one tag are one file: who needs those of the sign-in loads nothing of the administration.
 * @param {{ meta?: { category?: string, tags?: string[] } }} symbol
 */
function fileOfTag({ meta }) {
  const tag = meta?.category === 'sdk' && meta.tags?.[0];
  return tag ? `sdk/${tag.toLowerCase().replace(/[^a-z]+/g, '-')}` : undefined;
}

export default {
  input: '../../apps/api/openapi.json',
  output: 'src/generated',
  plugins: ['@hey-api/client-fetch'],
  parser: { hooks: { symbols: { getFilePath: fileOfTag } } },
};
