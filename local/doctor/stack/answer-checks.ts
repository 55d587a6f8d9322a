/** What the function has found, asked for its event `{"workspace": "NAME", "doctor": true}`. */
import * as z from 'zod';
import { type Category, type Check, failed, ok } from '../../../lambda/doctor/check.ts';
import { setRight } from './set-right.ts';

export interface AnswerSeen {
  /** It has thrown, or could not be started. */
  readonly isError: boolean;
  readonly text: string;
}

const diagnosis = z.object({
  categories: z.array(
    z.object({
      name: z.string(),
      checks: z.array(
        z.object({
          name: z.string(),
          result: z.enum(['ok', 'warning', 'failed', 'skipped']),
          seen: z.string(),
          hint: z.string(),
        }),
      ),
    }),
  ),
});

const thrown = z.object({ errorType: z.string().default('an error'), errorMessage: z.string().default('') });

/** What the Lambda runtime says of a function that did not come to an answer. */
const outOfTime = /timed out/i;

export function readAnswer(
  { isError, text }: AnswerSeen,
  functionName: string,
): {
  readonly check: Check;
  readonly categories: readonly Category[];
} {
  const answer = parsed(text);
  const found = isError ? undefined : diagnosis.safeParse(answer).data;
  if (found) return { check: ok('given', 'the function has looked'), categories: found.categories };
  return { check: isError ? errorCheck(answer) : strangeAnswer(functionName), categories: [] };
}

/** The message is left out where it is not known to be ours: it may hold anything. */
function errorCheck(answer: unknown): Check {
  const { errorType, errorMessage } = thrown.parse(answer ?? {});
  if (errorType === 'RunFailed') {
    return failed(
      'given',
      `the function says: ${errorMessage.replace(/\.$/, '')}`,
      `Where it is of an older version, deploy this one. Where somebody has changed its environment, that is set right by this ${setRight}`,
    );
  }
  return outOfTime.test(errorMessage)
    ? failed(
        'given',
        'the function was ended before it had looked',
        `Its timeout has to be 15 minutes, and is set back by ${setRight}`,
      )
    : failed(
        'given',
        `the function breaks off (${errorType})`,
        'The reason stands in its log (the command FollowLog): what somebody has changed of it by hand, such as its environment, runtime or role, is set back by ' +
          setRight,
      );
}

const strangeAnswer = (functionName: string): Check =>
  failed(
    'given',
    'the function answers, and not as a doctor',
    'Its code is of an older version: deploy this one. Or somebody has put other code there, which no deployment of the ' +
      `same takes back: npm run package writes the code, and this puts it there: aws lambda update-function-code --function-name ${functionName} --zip-file fileb://package/function.zip`,
  );

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
