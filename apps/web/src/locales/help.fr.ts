export const helpFr = {
  card: {
    page: {
      title: 'Aide pour la carte',
      lead: 'Votre carte n’est pas lue ou n’est pas acceptée ? Vérifiez ces points dans l’ordre.',
      readerTitle: 'Le lecteur',
      reader:
        'Le lecteur est branché et son voyant allumé ; la carte est insérée à fond, puce dans le bon sens. Débranchez et rebranchez le lecteur s’il ne réagit pas.',
      softwareTitle: 'Le logiciel de la carte',
      software:
        'Cryptolib CPS, ou ATSAM qui la remplace, doit être installée sur ce poste. Après une installation, fermez tous les onglets du navigateur et rouvrez-le.',
      pinTitle: 'Le code de la carte (PIN)',
      pin: 'C’est le code à 4 chiffres reçu par courrier. Après trois erreurs la carte est bloquée : le code de déblocage, reçu avec elle, la débloque. Portillon ne connaît jamais ce code.',
      certificateTitle: 'Le certificat',
      certificate:
        'Si le navigateur en propose plusieurs, prenez celui d’authentification, à votre nom. Si vous avez annulé, le navigateur ne repose plus la question avant d’être fermé puis rouvert.',
      expiredTitle: 'Carte périmée, remplacée ou perdue',
      expired:
        'Une carte a une date de fin, et l’ancienne ne sert plus dès que la nouvelle est activée. En cas de perte, faites opposition auprès de l’Agence du Numérique en Santé : elle est alors refusée ici aussi.',
      accountTitle: 'Carte acceptée, mais aucun compte',
      account:
        'Connectez-vous avec votre mot de passe et un code, puis rattachez la carte dans « Administration », « Mon compte ». L’administrateur de votre structure peut aussi le faire.',
      otherTitle: 'Sans carte',
      other: 'L’e-CPS, par Pro Santé Connect, et le mot de passe avec un code restent possibles.',
      back: 'Revenir à la connexion',
    },
  },
};
