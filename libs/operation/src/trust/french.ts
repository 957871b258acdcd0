const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', dateStyle: 'long' });

/** `29 novembre 2026`. */
export function frenchDay(time: Date): string {
  return day.format(time).replace(/^1(?= )/, '1er');
}

/** `0 structure`, `1 structure`, `2 structures`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('fr-FR')} ${count > 1 ? several : one}`;
}

/** `12 heures`, `de 12 à 24 heures selon les structures`. */
export function hourSpan(least: number, most: number): string {
  return least === most
    ? counted(most, 'heure')
    : `de ${least} à ${counted(most, 'heure')} selon les structures`;
}

/** Replaces plain spaces with the non-breaking ones of French typography. */
export function french(text: string): string {
  return text
    .replace(/ (?=[;!?])/g, '\u202f')
    .replace(/ (?=[:»])/g, '\u00a0')
    .replace(/« /g, '«\u00a0');
}
