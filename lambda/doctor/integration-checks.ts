/** The list of integrations, and whether each of those that were asked for is known. */
import { type Check, failed, ok, skipped, warning } from './check.ts';
import { inVain } from './connection-checks.ts';
import { type Fields, fieldsOf } from './row-facts.ts';
import { isPage, type Sightings } from './sightings.ts';

export function instanceChecks(sightings: Sightings): Check[] {
  const rows = listed(sightings);
  if (rows.length === 0) return [skipped('workspace', 'no integration is listed')];
  const groups = new Set(rows.map(({ app_group_id }) => app_group_id).filter((id) => typeof id === 'string'));
  if (groups.size === 1) return [ok('workspace', 'all integrations belong to one')];
  if (groups.size === 0)
    return [
      warning(
        'workspace',
        'no integration tells its app_group_id',
        'Give each Braze workspace a --workspace and a folder of its own: the exporter can not tell them apart.',
      ),
    ];
  return [
    warning(
      'workspace',
      'the integrations belong to several',
      'That is unexpected of one key: send this to the project with --report.',
    ),
  ];
}

export function integrationChecks(sightings: Sightings, isNamed: boolean): Check[] {
  return [...(isNamed ? [] : [listCheck(sightings)]), knownCheck(sightings, isNamed)];
}

export const listed = ({ list }: Sightings): Fields[] => list.filter(isPage).flatMap(fieldsOf);

function listCheck(sightings: Sightings): Check {
  const pages = sightings.list.filter(isPage);
  if (pages.length === 0) return skipped('list', 'it was not answered');
  const rows = listed(sightings);
  const sent = pages.reduce((sum, { answer }) => sum + answer.results.length, 0);
  const usable = rows.filter(({ integration_id: id }) => typeof id === 'string' && id !== '');
  if (sent === 0)
    return warning(
      'list',
      'no integration',
      'If there are some in Braze, the key belongs to another workspace: make one in theirs.',
    );
  if (usable.length === 0)
    return failed(
      'list',
      'no integration has an id that can be read',
      'Name the integrations with --integration, and send this to the project with --report.',
    );
  if (usable.length < sent)
    return warning(
      'list',
      'some integrations have no id that can be read',
      'Name those with --integration; they are kept in the quarantine.',
    );
  if (pages.length < sightings.list.length)
    return warning(
      'list',
      'it could not be read to its end',
      'The exporter goes on from there; try again later.',
    );
  const orMore = pages.at(-1)?.answer.links.next ? ' or more' : '';
  return ok('list', `${usable.length}${orMore} integration${usable.length === 1 && !orMore ? '' : 's'}`);
}

/** Where nothing came for the one that nobody has, the others were not asked for any more. */
function silentCheck({ heads, stranger }: Sightings): Check {
  const silence = heads.length > 0 && stranger.kind === 'in_vain' && !stranger.reply ? stranger : undefined;
  const asked = heads.map((head) => head.asked).find(({ kind }) => kind === 'in_vain') ?? silence;
  if (asked?.kind !== 'in_vain') return skipped('known', 'none was answered');
  const [seen, hint] = inVain(asked.reply, asked.error.message);
  return failed('known', `no history is answered: ${seen}`, hint);
}

function knownCheck(sightings: Sightings, isNamed: boolean): Check {
  const { heads } = sightings;
  const heard = heads.filter(({ asked }) => asked.kind === 'answered');
  if (heard.length === 0) return silentCheck(sightings);
  const unknown = heard.filter(
    ({ asked }) => asked.kind === 'answered' && asked.answer.kind === 'unknown_integration',
  );
  if (unknown.length === 0) {
    const inVainFor = heads.map((head) => head.asked).find(({ kind }) => kind === 'in_vain');
    if (inVainFor?.kind !== 'in_vain') return ok('known', 'Braze answers for each');
    const [seen, hint] = inVain(inVainFor.reply, inVainFor.error.message);
    return warning('known', `some have no answer: ${seen}`, hint);
  }
  if (isNamed)
    return failed(
      'known',
      'Braze does not know an integration that is named',
      "Copy the id from the integration's page in Braze; one that was deleted has to be left out.",
    );
  const some = unknown.length < heard.length;
  return (some ? warning : failed)(
    'known',
    `Braze does not know ${some ? 'some' : 'any'} of those that it lists`,
    some
      ? 'They may have just been deleted; the exporter keeps their history, and goes on with the others.'
      : 'Something between changes the address: look at the path of the endpoint, and at the proxy.',
  );
}
