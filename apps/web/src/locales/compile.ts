import type { MessageContext, MessageFunction } from 'vue-i18n';

interface Texts {
  [key: string]: string | Texts;
}
export interface Compiled {
  [key: string]: MessageFunction<string> | Compiled;
}

/**
 * Texts as vue-i18n takes them without its own compiler, which is a tenth of the first load. What our texts use
 * of its language: `{name}`, and plural forms between ` | `.
 */
export function compileAll(texts: Texts): Compiled {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? compile(text) : compileAll(text),
    ]),
  );
}

function compile(text: string): MessageFunction<string> {
  const forms = holdTogether(text).split(' | ');
  return (context: MessageContext<string>) =>
    fill(forms.length > 1 ? context.plural(forms) : forms[0]!, context);
}

function fill(form: string, { named }: MessageContext<string>): string {
  return form.replace(/\{(\w+)\}/g, (_, name: string) => String(named(name) ?? ''));
}

/** Keeps on one line what is read together, so that the texts are written with plain spaces: `29 secondes`, ` ?`. */
function holdTogether(text: string): string {
  return text.replace(/« /g, '«\u00a0').replace(/ (?=[»:;!?])|(?<=\{count\}) |(?<=\d) (?=\d)/g, '\u00a0');
}
