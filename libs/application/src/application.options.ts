/** What {@link ApplicationModule} takes; all of it has defaults. */
export interface ApplicationOptions {
  /** Other levels for ways of signing in, as {@link acrOfMeans} reads them. */
  acrOfMeans?: string;
}

/** The levels of this deployment: an `AcrOfMeans`. */
export const ACR_OF_MEANS = Symbol('AcrOfMeans');
