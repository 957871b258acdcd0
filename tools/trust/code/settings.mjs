const FILE = '.env.example';
const SETTING = /^# ([A-Z][A-Z0-9_]*)=(.*)$/;

/** Settings of `.env.example`: name, default, and the comment above. */
export function settingsOf(code) {
  const found = [];
  let said = [];
  for (const line of code.text(FILE).split('\n')) {
    const [, name, value] = SETTING.exec(line) ?? [];
    if (name) found.push({ name, value, says: said.join(' ') });
    if (name || line === '') said = [];
    else said.push(line.replace(/^# ?/, ''));
  }
  return found;
}
