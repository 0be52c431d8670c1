package dev.runs.adapters.web.access;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Where a browser comes that was given nothing but the name of the server. */
@Controller
class StartPage {

  @GetMapping("/")
  String page() {
    return "redirect:/console";
  }
}
