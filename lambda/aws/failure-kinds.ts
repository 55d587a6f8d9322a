/** What an error of the AWS SDK is about, by its name or code: the services have several words for the same. */
export const denied = /AccessDenied|Forbidden|NotAuthorized|UnauthorizedOperation|AuthorizationError/;
export const signedOut =
  /ExpiredToken|InvalidClientTokenId|InvalidAccessKeyId|SignatureDoesNotMatch|UnrecognizedClient|InvalidSignature|Credentials|AuthFailure/;
export const busy =
  /Throttl|SlowDown|TooManyRequests|RequestLimit|ProvisionedThroughputExceeded|ServiceUnavailable|LimitExceeded|InternalS/;
export const silent =
  /Timeout|TIMEDOUT|ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|ENETUNREACH|NetworkingError|AbortError/;
/** The SDK's own words, of an error without a name: nothing says where to ask, or it says nothing that can be one. */
export const withoutRegion = /^Region (is missing|not accepted)/;

/** Node's code of a connection's error, where that is what it is; else the error's name. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
