/** Tools of the probe's server that the widget alone calls. */
export const FAILING_TOOL = "fail_on_purpose";
export const RECORDING_TOOL = "record_measurement";
