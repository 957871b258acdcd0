/** Elements of a logo. `use` is not among them: a recursive drawing grows without end. */
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

/** Elements that drawing programs add, which are dropped. */
export const LEFT_OUT_ELEMENTS: ReadonlySet<string> = new Set(['title', 'desc', 'metadata']);

/** Attributes that are kept. Others are dropped, but those that run or load something are refused. */
export const DRAWING_ATTRIBUTES: ReadonlySet<string> = new Set(
  `id class style transform viewBox preserveAspectRatio width height x y x1 x2 y1 y2 cx cy r rx ry fx fy fr dx dy d points
  fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
  stroke-dashoffset stroke-opacity opacity color display visibility clip-path clip-rule clipPathUnits mask maskUnits
  maskContentUnits offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod paint-order vector-effect
  font-family font-size font-weight font-style text-anchor letter-spacing dominant-baseline`.split(/\s+/),
);

/** Functions of CSS and of `transform` that load nothing. */
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
