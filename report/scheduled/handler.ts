/** The function that writes reports into the bucket: one invocation for all workspaces that its event names. */
import { Logger } from '@aws-lambda-powertools/logger';
import { s3Client } from '../../lambda/aws/clients.ts';
import { reportVariables } from '../../lambda/report-environment.ts';
import { announceOn } from './announce.ts';
import { makeReportHandler } from './invocation.ts';

const { [reportVariables.bucket]: bucket = '', [reportVariables.topic]: topic } = process.env;

export const handler = makeReportHandler({
  bucket,
  client: s3Client(),
  logger: new Logger({ serviceName: 'braze-cdi-reports' }),
  now: () => new Date(),
  ...(topic ? { announce: announceOn(topic, process.env.AWS_REGION ?? '') } : {}),
});
