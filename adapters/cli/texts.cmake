# Turns config/texts/cli.yaml into a C++ string: cmake -DIN=… -DOUT=… -P texts.cmake
file(READ "${IN}" text)
file(WRITE "${OUT}" "#include \"adapters/cli/cli_texts.h\"\n\nnamespace jinqiao::adapters::cli {\n\n"
  "const std::string_view cli_texts = R\"yaml(${text})yaml\";\n\n}  // namespace jinqiao::adapters::cli\n")
