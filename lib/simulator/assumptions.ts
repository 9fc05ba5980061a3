/** What the simulator takes for granted of AWS, though no recording and no documentation says it. */
export interface Assumption {
  /** What the simulator does. */
  readonly what: string;
  /** Why it does that and not something else. */
  readonly why: string;
  /** What one would have to do on AWS to know. */
  readonly settledBy: string;
}

const table = {
  'batch-size-out-of-range': {
    what: 'A MaxItemsPerBatch below 1, or a MaxInputBytesPerBatch below 1 or above 262,144, that is no literal fails the state with States.Runtime and a cause of our own.',
    why: 'As literals they are refused, and so the neighbours of these fields fail.',
    settledBy: 'A Distributed Map with MaxItemsPerBatchPath, which leads to 0.',
  },
  'branch-order': {
    what: 'Branches and iterations take turns, state by state, in the order in which they became ready.',
    why: 'AWS runs them at once and promises no order; taking turns gives histories that look like the recorded ones.',
    settledBy: 'Nothing: AWS may answer differently each time.',
  },
  'call-order': {
    what: 'Answers that are due at the same moment of virtual time land in the order in which their calls were started.',
    why: 'Any order is possible on AWS; this one depends on nothing but the definition and the virtual durations.',
    settledBy: 'Nothing: AWS may answer differently each time.',
  },
  'catch-result-path': {
    what: 'A Catcher whose ResultPath cannot be applied to the input fails the state with States.ResultPathMatchFailure; no other Catcher is asked.',
    why: 'In JSONata, a Catcher whose Output cannot be evaluated fails the state with that error.',
    settledBy: 'A Task on an array as input, with a Catcher whose ResultPath is $.error and a second one for States.ALL.',
  },
  'child-input-over-limit': {
    what: 'A Map Run whose next child would get more than 256 KiB fails with States.DataLimitExceeded.',
    why: 'It is what AWS calls every other payload over the limit.',
    settledBy: 'A Distributed Map over a JSON file with an item of 300 KiB.',
  },
  'deadline-tie': {
    what: 'An answer that comes exactly when TimeoutSeconds or HeartbeatSeconds ends still counts.',
    why: '"If the task runs longer than the specified seconds" says longer.',
    settledBy: 'Nothing: on AWS the two are never at the same moment.',
  },
  'events-dead-letter': {
    what: "The dead letter of a rule's target is the event as the rule got it, and its ERROR_CODE is chosen by the name of the target's error.",
    why: 'The documentation says that EventBridge sends the events, and lists codes; it does not say which errors have which.',
    settledBy: 'A rule with an InputTransformer and a dead-letter queue whose state machine has been deleted.',
  },
  'execution-deadline-tie': {
    what: "The state machine's own TimeoutSeconds comes before anything else that is due at the same moment.",
    why: 'Its timer was set first.',
    settledBy: 'Nothing: on AWS the two are never at the same moment.',
  },
  'execution-year': {
    what: 'An execution that is not over after 366 days ends in TIMED_OUT.',
    why: 'The quota says one year; MaxDelaySeconds, bounded by the same year, goes up to 31,622,400 seconds.',
    settledBy: 'A Wait of 31,579,200 seconds (365.5 days).',
  },
  'express-record-name': {
    what: 'In the files of a ResultWriter, the Name of an Express child is its name, a colon and its id: what its ARN ends with.',
    why: 'So does DescribeExecution give it (measured by others), whose fields the records have.',
    settledBy: 'A Distributed Map of Express children with a ResultWriter.',
  },
  'format-string-to-json': {
    what: 'States.Format writes what States.StringToJson in it gives as JSON text: a string in its quotes.',
    why: 'AWS writes such a string in another way than any other (measured); JSON text is how Jackson writes a value of its own.',
    settledBy:
      'A Pass with Parameters {"x.$": "States.Format(\'{}\', States.StringToJson($.text))"} on the input {"text": "\\"a\\""}.',
  },
  'heartbeat-without-token': {
    what: 'A call without a task token has to answer within HeartbeatSeconds.',
    why: 'So it is with .sync, where nobody can send a heartbeat either.',
    settledBy: 'lambda:invoke of a function that sleeps 10 s, with HeartbeatSeconds 5 and TimeoutSeconds 60.',
  },
  'history-full': {
    what: 'An execution that fails by itself with event 25,000 keeps its own error.',
    why: 'The documentation says only that an execution which cannot succeed with that event fails because of the quota.',
    settledBy: 'A Choice loop of 24,998 events that ends in a Fail state.',
  },
  'job-after-timeout': {
    what: "When a state machine's own TimeoutSeconds ends an execution, the jobs of its .sync tasks are called off; a .sync task that times out itself leaves its job running.",
    why: 'The documentation calls jobs off when the execution is stopped, which the first is for all that the job can tell; it does not name the second.',
    settledBy:
      'A state machine with TimeoutSeconds 10, then one whose Task has them, around states:startExecution.sync of one that waits for a minute.',
  },
  'input-over-limit': {
    what: "What Parameters or ItemSelector make, if over 256 KiB, fails with the state's name in the cause that AWS gives for results; Retry and Catch see it.",
    why: 'The documentation names the error, States.DataLimitExceeded, for this case, too; the text is that of the recorded cases.',
    settledBy: 'A Task whose Parameters repeat a 200 KiB field of the input twice.',
  },
  'item-reader-compression': {
    what: 'What a key ends with tells how the object is compressed: .gz is gzip, .zstd and .zst are zstd, in small letters.',
    why: 'The examples of the documentation end with .gz and .zstd; .zst is what the zstd command itself writes.',
    settledBy: 'ItemReaders over one CSV file, compressed, under the keys a.csv.zst and a.csv.GZ.',
  },
  'item-reader-csv-lines': {
    what: 'A CSV row ends with a line feed, with or without a carriage return before it; a blank line is a row; a byte order mark is a character.',
    why: 'A line of blanks is a row (recorded), and the documentation names nothing that would be left out.',
    settledBy: 'An ItemReader over a CSV file with a byte order mark, a blank line and lone carriage returns.',
  },
  'item-reader-csv-quotes': {
    what: 'Quotes at the beginning of a CSV field, blanks before them aside, are taken away with their partner; inside of a field they stay, with their partner. Quotes that are never closed fail the Map Run.',
    why: 'opencsv does much the same, and it treats doubled quotes in fields without quotes and backslashes as the documentation says.',
    settledBy: 'An ItemReader over a CSV file with the rows {say "a, b"}, { "a" }, {"a"b}, and one with an odd number of quotes.',
  },
  'item-reader-json-object': {
    what: 'A JSON file that is an object has no items; an object that ItemsPointer leads to has its members as items.',
    why: 'The former was recorded in 2023; since 2025 the documentation says that the key-value pairs of a JSON object are iterated over.',
    settledBy: 'ItemReaders over the JSON file {"a": {"b": 1}}, without ItemsPointer and with /a.',
  },
  'item-reader-json-skipped': {
    what: 'What ItemsPointer passes by, or does not come to, need not be JSON; more text behind an array that is the whole file fails the Map Run.',
    why: 'A reader that holds no more than an item at a time need not look there; of text behind a value States.StringToJson says the same.',
    settledBy: 'ItemReaders over the JSON files {"x": nul, "a": [1]} with ItemsPointer /a, and [1] 2.',
  },
  'item-reader-jsonl-lines': {
    what: 'Blank lines of a JSON Lines file are no items, and a byte order mark is left out.',
    why: 'A file that ends with a line feed has no item more than one that does not.',
    settledBy: 'An ItemReader over a JSON Lines file with a blank line in the middle.',
  },
  'item-reader-malformed': {
    what: 'States.ItemReaderFailed has a cause of our own for a file that is malformed, cut off, or over a limit.',
    why: 'The documentation names the error and the limits; recorded are only the causes of duplicate headers and of what has no items.',
    settledBy: 'ItemReaders over a truncated gzip file, a truncated Parquet file, and the JSON file [1,.',
  },
  'item-reader-manifest': {
    what: 'The manifest of an Athena UNLOAD has one S3 URI per row, without a row of headers; the columns of an S3 inventory are called as its fileSchema says.',
    why: 'Athena writes it so; the documentation of inventories shows items with the names of fileSchema.',
    settledBy: 'An ItemReader with ManifestType ATHENA_DATA over the manifest of an UNLOAD.',
  },
  'item-reader-parquet-values': {
    what: 'Of Parquet, timestamps become milliseconds since 1970, dates YYYY-MM-DD, decimals numbers, bytes without text base64, JSON its text, maps objects, NaN and infinities strings.',
    why: 'Another emulator says that it recorded milliseconds; of the rest nothing is known, and these are what JSON has next to them.',
    settledBy: 'An ItemReader over a Parquet file with a column of each type.',
  },
  'item-reader-text': {
    what: 'Bytes that are not UTF-8 become U+FFFD.',
    why: 'Java reads text so unless told otherwise.',
    settledBy: 'An ItemReader over a CSV file with the byte 0xFF in it.',
  },
  'jitter-full': {
    what: 'JitterStrategy FULL waits for anything between nothing and the delay, each with the same chance, in whole milliseconds.',
    why: 'The documentation says "randomize between 0 and the delay interval", and nothing of the distribution.',
    settledBy: 'A few hundred retries; their Scheduled events have times.',
  },
  'json-depth': {
    what: 'JSON may nest 1,000 levels; a run that makes it nest deeper is stopped.',
    why: 'Step Functions reads JSON with Jackson, whose limit that is; what it does when a state has made more is not known.',
    settledBy: 'StartExecution with 1,001 nested arrays.',
  },
  'map-item-source': {
    what: '$$.Map.Item of an inline Map has Index and Value only.',
    why: 'So it is in the recordings; the documentation of Source speaks of Distributed Map.',
    settledBy: 'A Pass with Parameters {"item.$": "$$.Map.Item"} in an inline Map.',
  },
  'map-run-redrives': {
    what: 'The redrive of a Map Run that was redriven 1,000 times fails the state with States.Runtime and a cause of our own.',
    why: 'The documentation names the limit and the error, and no cause.',
    settledBy: 'A Map Run that is redriven 1,001 times.',
  },
  'map-run-start-rate': {
    what: 'A Map Run starts as many children as its concurrency lets it, in no virtual time.',
    why: 'The quotas say at most 1,000 Express and 100 Standard children a second, and nothing of how AWS spreads them.',
    settledBy: 'A Distributed Map over 5,000 items with a task that takes 10 seconds, and the times of its calls.',
  },
  'map-task-aborted': {
    what: 'A Task that fails its iteration writes TaskStateAborted before MapIterationFailed.',
    why: 'A Task that fails its branch of a Parallel does (recorded).',
    settledBy: 'An inline Map over one item with a Task that fails.',
  },
  'nested-aborts': {
    what: 'When a branch with an open Parallel or Map is aborted, the branches in it are closed first, then the state, all pointing to the event that failed.',
    why: 'The recorded aborts of simple branches close what is inside first and point to that event.',
    settledBy: 'A Parallel with a Fail beside a Map over two Waits.',
  },
  'output-failure-is-the-states': {
    what: "A ResultPath that cannot be applied (States.ResultPathMatchFailure) is offered to the state's Retry and Catch.",
    why: 'The specification lists the error among those that states report; in JSONata, Output that fails is offered to them.',
    settledBy: 'A Task on an array as input, with ResultPath $.result and a Catcher for States.ALL.',
  },
  'output-over-limit-not-caught': {
    what: "An output over 256 KiB, made by ResultPath from a result that was not, is not offered to the state's Retry and Catch.",
    why: 'It happens at the transition, when the state has done its work.',
    settledBy: 'A Task with a result of 200 KiB and ResultPath $.result on an input of 200 KiB, with a Catcher for States.ALL.',
  },
  'pending-results': {
    what: 'When a Map Run with a ResultWriter fails, the rest of its items are read, and each child that was not started gets a record in PENDING; one whose ItemSelector fails gets none.',
    why: 'The documentation says that PENDING has what was not started; a redrive starts it from there.',
    settledBy: 'A Distributed Map over 10,000 lines of a CSV file with MaxConcurrency 1, whose first child fails.',
  },
  'result-file-order': {
    what: 'The records of a file that a ResultWriter writes stand in the order in which the children ended, PENDING in the order of the items.',
    why: 'It can be written while the run goes on; of millions, none has to be kept.',
    settledBy: 'A Distributed Map over three items, whose children wait 3, 2 and 1 seconds.',
  },
  'results-not-writable': {
    what: 'A bucket that cannot be written to fails the Map Run with States.ResultWriterFailed when the first results are written; the cause is what S3 says.',
    why: 'The documentation names the error; an ItemReader that cannot read gives the words of S3 (recorded).',
    settledBy: 'A Distributed Map whose ResultWriter names a bucket that is not there.',
  },
  'redriven-chain': {
    what: 'ExecutionRedriven points to the event before it, and the first event after it points to ExecutionRedriven, but inside of a Parallel or a Map: there a branch goes on from its own last event. A state that runs again is not entered again.',
    why: 'No redrive is recorded; the documentation says that the event is appended and that the failed step is rescheduled.',
    settledBy: 'A redrive of an execution that failed in a Task.',
  },
  'retry-count-in-context': {
    what: '$$.State.RetryCount is there in Task, Parallel and Map only.',
    why: 'Recorded: a Task has it, a Pass has not; it goes with the field Retry.',
    settledBy: 'A Wait, Choice or Succeed with InputPath $$.State.',
  },
  'schedule-dead-letter': {
    what: "The dead letter of a schedule is the target's Input, and TARGET_ARN is the target's own ARN, also where it is a queue or a function.",
    why: 'The documented example has a target of the form aws-sdk:sqs:sendMessage, where both are so.',
    settledBy: 'A schedule with a dead-letter queue whose target is a function that has been deleted.',
  },
  'seconds-path-text': {
    what: 'TimeoutSecondsPath or HeartbeatSecondsPath that leads to no positive integer fails with States.Runtime and words of our own.',
    why: 'All other illegal values at run time do; of this one no words are recorded.',
    settledBy: 'A Task with TimeoutSecondsPath $.t on the input {"t": "five"}.',
  },
  'sns-dead-letter': {
    what: 'The dead letter of a subscription is what the queue would have got, with the attributes RequestID, ErrorCode and ErrorMessage.',
    why: 'Those who have read such messages tell of these three; SNS documents none.',
    settledBy: 'A subscription with a RedrivePolicy whose queue has been deleted, with and without raw message delivery.',
  },
  'sqs-result-names': {
    what: 'Results of aws-sdk:sqs have Md5OfMessageBody, Md5OfBody and Md5OfMessageAttributes, those of sqs MD5OfMessageBody.',
    why: 'Members of SDK integrations are named after the methods of the SDK for Java (ETag, ChecksumCRC32 are recorded); it has md5OfMessageBody().',
    settledBy: 'A Task aws-sdk:sqs:sendMessage.',
  },
  'target-backoff': {
    what: 'EventBridge and its Scheduler try a target again after 1 s, 2 s, 4 s, up to 8 minutes, without jitter.',
    why: 'The documentation says exponential backoff, 185 times in 24 hours; so it takes a little less than these.',
    settledBy: 'A rule whose target throttles for a day, with a log of the attempts.',
  },
  'template-order': {
    what: 'The fields of a Payload Template are evaluated in the order in which AWS gives them back: of several that fail, the first in it is told.',
    why: 'Only the order of what comes back is recorded; to make the object in that order is the simplest way to it.',
    settledBy: 'A Pass with Parameters {"sku.$": "$.a", "quantity.$": "$.b"} on the input {}.',
  },
  'text-after-json': {
    what: 'States.StringToJson fails if more text stands behind the JSON value, in the words that Jackson has for it.',
    why: 'Jackson reads on behind a value only if told to; to drop the text in silence would hide a mistake.',
    settledBy: 'A Pass with Parameters {"x.$": "States.StringToJson($.text)"} on the input {"text": "1 2"}.',
  },
  'token-answered-early': {
    what: 'A task token may be answered from the event Started on, before the call that carries it has answered; the answer counts after TaskSubmitted.',
    why: 'The worker has the token before the service has answered Step Functions.',
    settledBy: 'lambda:invoke.waitForTaskToken of a function that sends SendTaskSuccess itself.',
  },
} as const;

/** Name of an assumption, as `Run.assumptions` gives it. */
export type AssumptionId = keyof typeof table;

/** All assumptions. A Run names those on which something in it rests, as far as that can be told from what happened. */
export const ASSUMPTIONS: Readonly<Record<AssumptionId, Assumption>> = table;
