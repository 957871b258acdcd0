/** « Statistiques », for administrators. */
export const statisticsFr = {
  statistics: {
    title: 'Statistiques',
    lead: 'Les connexions, les codes, les blocages et les refus, sans nom de personne : de quoi établir un bilan annuel.',
    filters: 'Structure et période',
    everyStructure: 'Toutes les structures ensemble si rien n’est choisi.',
    byLabel: 'Une barre par',
    by: { month: 'Mois', day: 'Jour' },
    show: 'Afficher',
    span: 'La première date doit précéder la seconde : un an au plus par jour, dix ans par mois.',
    summary: 'En résumé',
    calendar: 'Jours de Paris. Les chiffres arrivent avec une minute de retard au plus.',
    figures: {
      signIns: 'connexions',
      sent: 'codes envoyés',
      used: 'des codes envoyés ont été utilisés',
      expired: 'codes saisis trop tard',
      locks: 'blocages',
      refusals: 'connexions refusées',
    },
    charts: {
      signIns: 'Connexions par moyen',
      sent: 'Codes envoyés',
      codes: 'Ce que deviennent les codes',
      refusals: 'Refus et blocages',
      delays: 'Temps entre l’envoi et la saisie du code',
    },
    help: {
      signIns:
        'Un mot de passe suivi d’un code, ou seul dans un navigateur déjà reconnu ; Pro Santé Connect ; la carte.',
      sent: 'E-mails et SMS partis, à la connexion ou pour confirmer une action.',
      codes: 'Un même code peut être refusé puis utilisé.',
      refusals: 'Connexions refusées par moyen, et blocages après trop d’essais.',
      delays:
        'Codes utilisés, sur toute la période. Des codes saisis tard disent souvent des messages lents.',
    },
    series: {
      signIns: {
        passwordEmail: 'Mot de passe et e-mail',
        passwordSms: 'Mot de passe et SMS',
        passwordRemembered: 'Navigateur reconnu',
        proSanteConnect: 'Pro Santé Connect',
        cpx: 'Carte CPx',
      },
      sent: { email: 'E-mail', sms: 'SMS' },
      codes: { used: 'Utilisés', expired: 'Saisis trop tard', refused: 'Refusés' },
      refusals: {
        password: 'Mot de passe refusé',
        proSanteConnect: 'Pro Santé Connect refusé',
        cpx: 'Carte refusée',
        lockPassword: 'Blocage du mot de passe',
        lockCode: 'Blocage des codes',
      },
    },
    delay: { first: 'Temps', codes: 'Codes utilisés', upTo: '≤ {time}', more: '> {time}' },
    period: { month: 'Mois', day: 'Jour' },
    total: 'Total',
    nothing: 'Rien sur cette période.',
    table: 'Tableau : {chart}',
    exportText: 'Tous les chiffres ci-dessus, une ligne par période, pour un tableur.',
    fileName: 'portillon-connexions',
  },
};
