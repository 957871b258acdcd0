/** What a logo is drawn with. `use` is not among them: a drawing that repeats itself in itself grows without end. */
export const DRAWN_ELEMENTS: ReadonlySet<string> = new Set([
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

/** What drawing programs write beside the drawing. */
export const LEFT_OUT_ELEMENTS: ReadonlySet<string> = new Set(['title', 'desc', 'metadata']);

/** The attributes that draw. Others are left out, but those that run or load something, which are refused. */
export const DRAWING_ATTRIBUTES: ReadonlySet<string> = new Set(
  `id class style transform viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d points
  fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
  stroke-dashoffset stroke-opacity opacity color display visibility clip-path clip-rule clipPathUnits mask maskUnits
  maskContentUnits offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod paint-order vector-effect
  font-family font-size font-weight font-style text-anchor letter-spacing dominant-baseline`.split(/\s+/),
);

/** The functions of CSS and of `transform` that load nothing. */
export const SAFE_FUNCTIONS: ReadonlySet<string> = new Set([
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
