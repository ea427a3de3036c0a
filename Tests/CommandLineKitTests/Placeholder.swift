import Testing
import CommandLineKit
