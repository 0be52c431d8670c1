package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.caller.Free;
import dev.runs.adapters.rest.request.Answers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The table by which runs move. */
@RestController
class RunStatesController {

  @Free
  @GetMapping("/v1/run-states")
  ResponseEntity<byte[]> show() {
    return Answers.ok(RunStatesJson.TABLE);
  }
}
