/** The references of the clauses. */
export const NOT_ADOPTED = 'projet RIE v2, non adopté à ce jour';
export const RIE_V1 = 'RIE v1.0';
/** The date on which they were read. The draft's standstill ends on 15 December 2026. */
export const READ_ON = '29 novembre 2026';
export const OF_LAW = 'loi et règlement';
export const SECOND_HAND = 'guides, relevés de seconde main';
export const OURS = 'règle de Portillon';
