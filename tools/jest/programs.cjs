/** What a spec or a fixture uses whose result depends on the programs of the machine: a database, a proxy, a tool. */
const PROGRAMS =
  /describeOn(?:EveryEngine|Mariadb)|describeWithProgram|findProgram|ThrowAway|Kannel|child_process/;

exports.usesPrograms = (text) => PROGRAMS.test(text);
