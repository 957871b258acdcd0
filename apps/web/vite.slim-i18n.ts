import type { Plugin } from 'vite';

const BEFORE =
  /const key = 'currentInstance';\s+if \(key in Vue\) \{\s+return Vue\[key\];\s+\}\s+else \{\s+return Vue\.getCurrentInstance\(\);\s+\}/;

/**
 * vue-i18n looks `currentInstance` up in the whole of Vue by a computed name, so that nothing of Vue can be left
 * out of the bundle (some 10 kB gzipped). Vue has no export of that name: what remains is the public function.
 */
export function slimI18n(): Plugin {
  return {
    name: 'portillon:slim-i18n',
    transform: {
      filter: { id: /vue-i18n(\.runtime)?\.mjs$/ },
      handler(code) {
        if (!BEFORE.test(code)) this.error('vue-i18n changed: see whether slim-i18n is still wanted.');
        return { code: code.replace(BEFORE, 'return Vue.getCurrentInstance();'), map: null };
      },
    },
  };
}
