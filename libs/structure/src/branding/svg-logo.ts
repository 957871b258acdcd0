import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import { AppError } from '@portillon/kernel';

/** Elements of a logo. `use` is not among them: a recursive drawing grows without end. */
const DRAWN_ELEMENTS: ReadonlySet<string> = new Set([
  'svg',
  'g',
  'defs',
  'style',
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'text',
  'tspan',
  'linearGradient',
  'radialGradient',
  'stop',
  'clipPath',
  'mask',
]);

/** Elements that drawing programs add, which are dropped. */
const LEFT_OUT_ELEMENTS: ReadonlySet<string> = new Set(['title', 'desc', 'metadata']);

/** Attributes that are kept. Others are dropped, but those that run or load something are refused. */
const DRAWING_ATTRIBUTES: ReadonlySet<string> = new Set(
  `id class style transform viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d points
  fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
  stroke-dashoffset stroke-opacity opacity color display visibility clip-path clip-rule clipPathUnits mask maskUnits
  maskContentUnits offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod paint-order vector-effect
  font-family font-size font-weight font-style text-anchor letter-spacing dominant-baseline`.split(/\s+/),
);

/** Functions of CSS and of `transform` that load nothing. */
const SAFE_FUNCTIONS: ReadonlySet<string> = new Set([
  'rgb',
  'rgba',
  'hsl',
  'hsla',
  'matrix',
  'translate',
  'scale',
  'rotate',
  'skewx',
  'skewy',
]);

/** Reasons for refusing a logo. */
export type LogoRefusal =
  'size' | 'unreadable' | 'no-dimensions' | 'active' | 'outside' | 'unsupported' | 'too-many';

const MOST_BYTES = 20_000;
const MOST_ELEMENTS = 2_000;
const DEEPEST = 32;
const INSIDE = /^#[\w.-]+$/;
const INSIDE_URL = /url\(\s*(['"]?)#[\w.-]+\1\s*\)/gi;

/**
 * Rewrites the drawing from known elements and attributes: no byte of the file is copied. Anything that runs or loads
 * something is refused, so that the author learns of it. A doctype is not read: entities are undefined, and refused.
 *
 * @throws AppError `validation.failed`, with a {@link LogoRefusal} of the field `logo`
 */
export function cleanLogo(text: string): string {
  if (Buffer.byteLength(text) > MOST_BYTES) throw rejected('size');
  const root = rootOf(text);
  const { viewBox, width, height } = root.attributes;
  if (!viewBox && !(width && height)) throw rejected('no-dimensions');
  return new DrawingWriter().write(root);
}

function rootOf(text: string): XmlElement {
  const root = parsed(text);
  if (root?.name !== 'svg') throw rejected('unreadable');
  return root;
}

function parsed(text: string): XmlElement | null {
  try {
    return parseXml(text).root;
  } catch {
    throw rejected('unreadable');
  }
}

class DrawingWriter {
  #elements = 0;

  write(root: XmlElement): string {
    return this.#element(root, 0).replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
  }

  #element(element: XmlElement, depth: number): string {
    const { name, children } = element;
    if (name.includes(':') || LEFT_OUT_ELEMENTS.has(name)) return '';
    if (!DRAWN_ELEMENTS.has(name)) throw rejected(isActive(name) ? 'active' : 'unsupported', name);
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS || depth > DEEPEST) throw rejected('too-many');
    const inside = name === 'style' ? styleOf(element) : this.#children(children, name, depth);
    return `<${name}${attributesOf(element)}>${inside}</${name}>`;
  }

  #children(children: XmlElement['children'], name: string, depth: number): string {
    const hasText = name === 'text' || name === 'tspan';
    return children
      .map((child) => {
        if (child instanceof XmlElement) return this.#element(child, depth + 1);
        return hasText && child instanceof XmlText ? escaped(child.text) : '';
      })
      .join('');
  }
}

function styleOf({ text }: XmlElement): string {
  // An at-rule loads or animates; the rest of CSS needs a function for that.
  if (text.includes('@')) throw rejected('outside', 'style');
  requireInside(text, 'style');
  return escaped(text);
}

function attributesOf(element: XmlElement): string {
  return Object.entries(element.attributes)
    .flatMap(([name, value]) => {
      const kept = keptName(element.name, name, value);
      return kept ? ` ${kept}="${escaped(value)}"` : [];
    })
    .join('');
}

/** Name under which an attribute is written; nothing when it is dropped. */
function keptName(element: string, name: string, value: string): string | undefined {
  if (/^on/i.test(name)) throw rejected('active', name);
  if (name === 'href' || name === 'xlink:href') return linkWithin(element, value);
  if (!DRAWING_ATTRIBUTES.has(name)) return undefined;
  requireInside(value, name);
  return name;
}

/** A gradient may use the colours of another one; no other references are allowed. */
function linkWithin(element: string, value: string): string {
  if (!element.endsWith('Gradient') || !INSIDE.test(value)) throw rejected('outside', element);
  return 'href';
}

/** A value may be CSS: it must name nothing outside the drawing, not even by an escape. */
function requireInside(value: string, where: string): void {
  const rest = value.replaceAll(INSIDE_URL, '');
  const functions = [...rest.matchAll(/([\w-]*)\s*\(/g)].map((found) => found[1]!.toLowerCase());
  if (rest.includes('\\') || functions.some((one) => !SAFE_FUNCTIONS.has(one)))
    throw rejected('outside', where);
}

function isActive(name: string): boolean {
  return /^(script|foreignObject|iframe|object|embed|handler|listener|set|animate.*)$/i.test(name);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);
}

function rejected(code: LogoRefusal, message = ''): AppError {
  return new AppError('validation.failed', { errors: [{ field: 'logo', code, message }] });
}
